import { isRecord } from './json-body.ts';

/** One answer, with all the names that the sender has for its question. */
export type FormAnswer = { readonly names: readonly string[]; readonly value: unknown };

/** Names and values in order; if a name occurs several times, the first value counts. */
export const firstOfEach = <Value>(entries: readonly (readonly [name: string, value: Value])[]): Readonly<Record<string, Value>> => {
  const first = new Map<string, Value>();
  for (const [name, value] of entries) if (!first.has(name)) first.set(name, value);
  return Object.fromEntries(first);
};

/** The answers by each of their names. */
export const byName = (answers: readonly FormAnswer[]): Readonly<Record<string, unknown>> =>
  firstOfEach(answers.flatMap(({ names, value }) => names.filter((name) => name !== '').map((name) => [name, value] as const)));

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
