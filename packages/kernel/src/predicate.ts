import * as z from 'zod';
import { instant } from './instant.ts';

/** How deep a predicate may nest and how many rules it may hold: enough for any sentence that a person can still read. */
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

/** A sentence about facts, as JSON: rules about fields, joined by all, any and not. */
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

/** Level by level and not by recursion, so that no nesting exhausts the stack; looks at no more than the limits allow. */
const sizeComplaint = (given: unknown): string | undefined => {
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

/** The schema of a predicate from outside. Depth and size are checked before anything else, then the form of each rule. */
export const predicate = z.preprocess((given, context) => {
  const complaint = sizeComplaint(given);
  if (complaint === undefined) return given;
  context.addIssue({ code: 'custom', message: complaint });
  return z.NEVER;
}, node);

/** The fields that a predicate asks about, each once, in its order. */
export const fieldsOf = (asked: Predicate): readonly string[] => {
  if ('field' in asked) return [asked.field];
  const inner = 'not' in asked ? [asked.not] : 'all' in asked ? asked.all : asked.any;
  return [...new Set(inner.flatMap(fieldsOf))];
};
