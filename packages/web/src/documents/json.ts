/** A document of the API as the page holds it: data, whatever its schema is. */
export type Json = string | number | boolean | null | JsonList | JsonRecord;
export type JsonList = readonly Json[];
export type JsonRecord = { readonly [name: string]: Json };

export const isList = (value: Json | undefined): value is JsonList => Array.isArray(value);

export const isRecord = (value: Json | undefined): value is JsonRecord => typeof value === 'object' && value !== null && !isList(value);

/** Whether two values say the same; the order of the names in a record says nothing. */
export const isSame = (a: Json | undefined, b: Json | undefined): boolean => {
  if (a === b) return true;
  if (isList(a)) return isList(b) && a.length === b.length && a.every((each, index) => isSame(each, b[index]));
  if (!isRecord(a) || !isRecord(b)) return false;
  return namesOf(a, b).every((name) => isSame(a[name], b[name]));
};

/** The names of several records, each once, in order of appearance. */
export const namesOf = (...records: readonly (JsonRecord | undefined)[]): readonly string[] => [
  ...new Set(records.flatMap((record) => Object.keys(record ?? {}))),
];

/** Equal for values that say the same, whatever the order of their names. */
export const textOf = (value: Json): string => {
  if (isList(value)) return `[${value.map(textOf).join(',')}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  const fields = Object.keys(value).toSorted();
  return `{${fields.map((name) => `${JSON.stringify(name)}:${textOf(value[name] ?? null)}`).join(',')}}`;
};

/** A copy as plain data. What the API sends and takes is checked by its schema there; the page believes it. */
export const copied = <Copy>(value: unknown): Copy => JSON.parse(JSON.stringify(value));
