import * as z from 'zod';
import { instant } from './instant.ts';

/** The limits of depth and size, wide enough for any predicate that a person can still read. */
export const predicateLimits = { depth: 8, rules: 200 } as const;

const field = z.string().regex(/^[A-Za-z][A-Za-z0-9._-]{0,79}$/, 'a field is named by letters, digits, dots, _ and -');
const text = z.string().max(200).regex(/\S/, 'a text must not be blank');
const value = z.union([text, z.number(), z.boolean()]);
const days = z.int().min(0).max(3650);
const bound = z.union([z.number(), instant]);

const test = z.discriminatedUnion('test', [
  z.strictObject({ field, test: z.literal(['present', 'absent']) }),
  z.strictObject({ field, test: z.literal('equals'), value }),
  z.strictObject({ field, test: z.literal('one-of'), values: z.array(value).min(1).max(200) }),
  z.strictObject({ field, test: z.literal(['starts-with', 'ends-with', 'contains']), value: text }),
  z.strictObject({ field, test: z.literal(['at-least', 'at-most', 'more-than', 'less-than']), value: bound }),
  z.strictObject({ field, test: z.literal('between'), from: bound, to: bound }),
  z.strictObject({ field, test: z.literal(['within-days', 'not-within-days']), days }),
]);
/** One rule about one field. */
export type FieldTest = z.output<typeof test>;

/** A condition over facts, as JSON: rules about fields, joined by all, any and not. */
export type Predicate =
  | FieldTest
  | { readonly all: readonly Predicate[] }
  | { readonly any: readonly Predicate[] }
  | { readonly not: Predicate };

const node: z.ZodType<Predicate> = z
  .lazy(() =>
    z.union([
      test,
      z.strictObject({ all: z.array(node).min(1) }),
      z.strictObject({ any: z.array(node).min(1) }),
      z.strictObject({ not: node }),
    ]),
  )
  .meta({ id: 'Predicate' });

const isRecord = (given: unknown): given is Readonly<Record<string, unknown>> => typeof given === 'object' && given !== null;

const innerOf = (given: unknown): readonly unknown[] => {
  if (!isRecord(given)) return [];
  const { all, any, not } = given;
  return [...(Array.isArray(all) ? all : []), ...(Array.isArray(any) ? any : []), ...(not === undefined ? [] : [not])];
};

/** Goes level by level instead of recursing, so that no nesting exhausts the stack, and stops at the limits. */
const exceededLimit = (given: unknown): string | undefined => {
  let level: readonly unknown[] = [given];
  let rules = 0;
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > predicateLimits.depth) return `it nests deeper than ${predicateLimits.depth} levels; split it into several`;
    rules += level.length;
    if (rules > predicateLimits.rules) return `it holds more than ${predicateLimits.rules} rules; split it into several`;
    level = level.flatMap(innerOf);
  }
  return undefined;
};

/** The schema of a predicate in a request. It checks depth and size first, then the form of each rule. */
export const predicate = z.preprocess((given, context) => {
  const problem = exceededLimit(given);
  if (problem === undefined) return given;
  context.addIssue({ code: 'custom', message: problem });
  return z.NEVER;
}, node);

/** The fields that a predicate names, each once, in order of appearance. */
export const fieldsOf = (condition: Predicate): readonly string[] => {
  if ('field' in condition) return [condition.field];
  const inner = 'not' in condition ? [condition.not] : 'all' in condition ? condition.all : condition.any;
  return [...new Set(inner.flatMap(fieldsOf))];
};
