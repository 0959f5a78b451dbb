import { isList, isRecord, namesOf, type Json, type JsonList } from './json.ts';

/** Where something stands in a document: names of fields and positions in lists. */
export type Position = readonly (string | number)[];

/** A path as a refusal names it, such as `fit[0].when.field` or `levels.0.name`. */
export const positionIn = (path: string): Position =>
  path
    .split(/[.[\]]+/)
    .filter((step) => step !== '')
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));

/** Whether one position lies in another or is the same. */
export const isWithin = (inner: Position, outer: Position): boolean => outer.every((step, index) => inner[index] === step);

/** The document with another value in one position; undefined takes a field away. */
export const withValue = (document: Json | undefined, position: Position, value: Json | undefined): Json | undefined => {
  const [step, ...rest] = position;
  if (step === undefined) return value;
  if (typeof step === 'number') {
    const list = isList(document) ? document : [];
    return list.map((item, index) => (index === step ? (withValue(item, rest, value) ?? null) : item));
  }
  const record = isRecord(document) ? document : {};
  const changed = withValue(record[step], rest, value);
  const entries = namesOf(record, { [step]: null }).flatMap((name): [string, Json][] => {
    const each = name === step ? changed : record[name];
    return each === undefined ? [] : [[name, each]];
  });
  return Object.fromEntries(entries);
};

export const withoutItem = (list: JsonList, index: number): JsonList => list.filter((_, each) => each !== index);

/** The list with one item moved by so many positions; it stays within the list. */
export const withMoved = (list: JsonList, index: number, by: number): JsonList => {
  const item = list[index];
  const to = index + by;
  if (item === undefined || to < 0 || to >= list.length) return list;
  const others = withoutItem(list, index);
  return [...others.slice(0, to), item, ...others.slice(to)];
};

const idFields = ['id', 'segmentId', 'territoryId', 'sequenceId', 'milestoneId'] as const;

/** An id that no item of the list has yet, made from another one. */
const freshId = (list: JsonList, field: string, from: string): string => {
  const taken = new Set(list.map((item) => (isRecord(item) ? item[field] : undefined)));
  const stem = from.replace(/-\d+$/, '').slice(0, 36) || 'new';
  const numbers = Array.from({ length: list.length + 2 }, (_, index) => `${stem}-${index + 2}`);
  return taken.has(from) || from === '' ? (numbers.find((id) => !taken.has(id)) ?? stem) : from;
};

/** A copy of an item that may stand beside it in the list: it gets an id of its own. */
const copyFor = (list: JsonList, item: Json): Json => {
  if (!isRecord(item)) return item;
  return Object.fromEntries(
    Object.entries(item).map(([name, value]) =>
      typeof value === 'string' && idFields.some((field) => field === name) ? [name, freshId(list, name, value)] : [name, value],
    ),
  );
};

/** The list with a new item behind the one at `after`, or at its end. */
export const withAdded = (list: JsonList, item: Json, after = list.length - 1): JsonList => [
  ...list.slice(0, after + 1),
  copyFor(list, item),
  ...list.slice(after + 1),
];
