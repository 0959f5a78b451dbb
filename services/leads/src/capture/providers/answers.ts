import { isRecord } from './json-body.ts';

/** One answer, under each of the names by which the sender knows its question. */
export type FormAnswer = { readonly names: readonly string[]; readonly value: unknown };

/** Names and values in their order; of several of one name the first counts. */
export const firstOfEach = <Value>(entries: readonly (readonly [name: string, value: Value])[]): Readonly<Record<string, Value>> => {
  const first = new Map<string, Value>();
  for (const [name, value] of entries) if (!first.has(name)) first.set(name, value);
  return Object.fromEntries(first);
};

/** The answers by each of their names. */
export const byName = (answers: readonly FormAnswer[]): Readonly<Record<string, unknown>> =>
  firstOfEach(answers.flatMap(({ names, value }) => names.filter((name) => name !== '').map((name) => [name, value] as const)));

/**
 * For senders that give a name, an address or a phone number in parts: the parts together under the name of the field, and each of
 * them under `field.part`.
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
