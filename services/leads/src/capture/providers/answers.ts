import { isRecord } from './json-body.ts';

/** One answer, with all the names that the sender has for its question. */
export type FormAnswer = { readonly names: readonly string[]; readonly value: unknown };

const isBlank = (value: unknown): boolean => value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

/** Several values under one name are a list, without blank ones and repetitions; a single one is itself. */
const together = (values: readonly unknown[]): unknown => {
  const all = values.flatMap((value) => (Array.isArray(value) && values.length > 1 ? value : [value]));
  const filled = [...new Set(all.filter((value) => !isBlank(value)))];
  if (values.length === 1) return values[0];
  return filled.length > 1 ? filled : (filled[0] ?? values[0]);
};

/** Names and values in order; if a name occurs several times, it has all its values. */
export const listOfEach = (entries: readonly (readonly [name: string, value: unknown])[]): Readonly<Record<string, unknown>> => {
  const lists = new Map<string, unknown[]>();
  for (const [name, value] of entries) lists.set(name, [...(lists.get(name) ?? []), value]);
  return Object.fromEntries([...lists].map(([name, values]) => [name, together(values)]));
};

/** The answers by each of their names. */
export const byName = (answers: readonly FormAnswer[]): Readonly<Record<string, unknown>> =>
  listOfEach(
    answers.flatMap(({ names, value }) => [...new Set(names)].filter((name) => name !== '').map((name) => [name, value] as const)),
  );

/**
 * For senders that split a name, an address or a phone number into parts: the joined parts under the name of the field, and each part
 * under `field.part`.
 */
export const withParts = (fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  byName(
    Object.entries(fields).flatMap(([name, value]) => {
      if (!isRecord(value)) return [{ names: [name], value }];
      const parts = Object.entries(value).filter(
        ([part, text]) => part !== 'field_type' && (typeof text === 'string' || typeof text === 'number'),
      );
      const whole = parts
        .map(([, text]) => String(text).trim())
        .filter((text) => text !== '')
        .join(' ');
      return [{ names: [name], value: whole }, ...parts.map(([part, text]) => ({ names: [`${name}.${part}`], value: text }))];
    }),
  );
