import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Both, onBoth, type Outcome, type Request, startBoth, withoutWords } from './both-databases.ts';
import { absent, type Attributes, key, N, requestsTo, S, versionIs, where } from './requests.ts';
import { byPartition, streamContents } from './stream-contents.ts';

const table = 'sequences';
let both: Both;
beforeAll(async () => {
  both = await startBoth(table);
});
afterAll(() => both.stop());

const { put, get, remove, add, batch, query, transact, putting, removing, adding } = requestsTo(table);

const sequences = Number(process.env['CONFORMANCE_SEQUENCES'] ?? 500);
const seed = process.env['CONFORMANCE_SEED'];
/** So many sequences run beside each other, each in a partition of its own. */
const together = 20;

const sk = fc.constantFrom('a', 'a#1', 'a#2', 'b', 'ü', '😀');
const version = fc.integer({ min: 0, max: 2 });
const when = fc.oneof(
  fc.constant({ kind: 'always' as const }),
  fc.constant({ kind: 'absent' as const }),
  version.map((is) => ({ kind: 'version' as const, is })),
);
const more = fc.constantFrom<Attributes>(
  {},
  { n: N('5') },
  { n: S('a text') },
  { gsi1pk: S('one'), gsi1sk: S('x') },
  { gsi1pk: S('one'), gsi1sk: S('xy'), t: S('long'.repeat(10)) },
  { gsi1pk: S('two') },
  { m: { M: { b: N('1.5'), a: { L: [{ NULL: true }, S('')] } } }, b: { B: new Uint8Array([1, 2]) }, s: { SS: ['b', 'a'] } },
);
const write = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('put' as const), sk, version, more, when }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('add' as const), sk, by: fc.constantFrom('1', '-2', '0', '70') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const), sk }) },
);
// No bound is a key: a page that ends on a bound is a difference, which a named test tells.
const range = fc.oneof(
  fc.constant({}),
  fc.constantFrom('a', 'a#', 'z').map((prefix) => ({ prefix: S(prefix) })),
  sk.map((equal) => ({ equal: S(equal) })),
  fc.constantFrom(['a ', 'a#1 '], ['a#', 'ü '], ['c', '😀 ']).map(([from = '', until = '']) => ({ between: [S(from), S(until)] as const })),
);
const page = fc.record({ backwards: fc.boolean(), limit: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }), range });
const read = fc.oneof(
  fc.record({ kind: fc.constant('get' as const), sk }),
  fc.record({ kind: fc.constant('batch' as const), sks: fc.uniqueArray(sk, { minLength: 1, maxLength: 3 }) }),
  fc.record({ kind: fc.constant('query' as const), page, start: fc.option(sk, { nil: undefined }) }),
  fc.record({ kind: fc.constant('index' as const), page, partition: fc.constantFrom('one', 'two') }),
);
const step = fc.oneof(
  { weight: 5, arbitrary: write },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('transact' as const),
      writes: fc.uniqueArray(write, { minLength: 1, maxLength: 3, selector: (one) => one.sk }),
    }),
  },
  { weight: 2, arbitrary: read },
);
type Write = typeof write extends fc.Arbitrary<infer Value> ? Value : never;
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** Keys of indexes carry the partition of the sequence, so that sequences do not see each other. */
const within = (pk: string, item: Attributes): Attributes => {
  const index = item['gsi1pk']?.S;
  return index === undefined ? item : { ...item, gsi1pk: S(`${pk} ${index}`) };
};

const itemOf = (pk: string, one: Extract<Write, { kind: 'put' }>): Attributes => ({
  ...key(pk, one.sk),
  version: N(String(one.version)),
  ...within(pk, one.more),
});
const conditionOf = ({ when: given }: Extract<Write, { kind: 'put' }>) =>
  given.kind === 'always' ? {} : given.kind === 'absent' ? absent : versionIs(given.is);

function toWrite(pk: string, one: Write): Request {
  if (one.kind === 'put') return put(itemOf(pk, one), conditionOf(one));
  return one.kind === 'add' ? add(key(pk, one.sk), N(one.by)) : remove(key(pk, one.sk));
}

function toAction(pk: string, one: Write) {
  if (one.kind === 'put') return putting(itemOf(pk, one), conditionOf(one));
  return one.kind === 'add' ? adding(key(pk, one.sk), N(one.by)) : removing(key(pk, one.sk));
}

function toRequest(pk: string, one: Step): Request {
  switch (one.kind) {
    case 'put':
    case 'add':
    case 'remove':
      return toWrite(pk, one);
    case 'transact':
      return transact(one.writes.map((part) => toAction(pk, part)));
    case 'get':
      return get(key(pk, one.sk));
    case 'batch':
      return ordered(batch(one.sks.map((each) => key(pk, each))));
    case 'query':
      return query({
        ...where(S(pk), one.page.range),
        ScanIndexForward: !one.page.backwards,
        Limit: one.page.limit,
        ConsistentRead: true,
        ...(one.start === undefined ? {} : { ExclusiveStartKey: key(pk, one.start) }),
      });
    case 'index':
      // Without limits: which of two items with the same key of an index comes first is nobody's promise.
      return ordered(
        query({
          ...where(S(`${pk} ${one.partition}`), 'prefix' in one.page.range ? { prefix: S('x') } : {}, 'gsi1'),
          ScanIndexForward: !one.page.backwards,
        }),
      );
    default:
      return one satisfies never;
  }
}

/** Brings the items of an answer that promises no order into one. */
const ordered =
  (request: Request): Request =>
  async (client) => {
    const answer = await request(client);
    const sorted = (items: readonly Attributes[]) => items.toSorted((a, b) => ((a['sk']?.S ?? '') < (b['sk']?.S ?? '') ? -1 : 1));
    if ('Items' in answer && isItems(answer.Items)) return { ...answer, Items: sorted(answer.Items) };
    if ('Responses' in answer && isResponses(answer.Responses)) return { ...answer, Responses: sorted(answer.Responses[table] ?? []) };
    return answer;
  };
const isItems = (value: unknown): value is readonly Attributes[] => Array.isArray(value);
const isResponses = (value: unknown): value is Readonly<Record<string, readonly Attributes[]>> =>
  typeof value === 'object' && value !== null;

/** DynamoDB Local refuses a whole transaction that adds to a text, which DynamoDB cancels with reasons; a named test says so. */
const asLocalSays = (outcome: Outcome): unknown =>
  JSON.stringify(outcome).includes('"ValidationError"') ? { error: 'ValidationException', codes: undefined } : withoutWords(outcome);

it(`the embedded database and DynamoDB Local agree on ${sequences} random sequences of requests and on the resulting streams`, async () => {
  let made = 0;
  const runSequence = async (steps: readonly Step[]): Promise<void> => {
    made += 1;
    const pk = `sequence ${made}`;
    for (const one of steps) {
      const { embedded, local } = await onBoth(both, toRequest(pk, one));
      expect(asLocalSays(embedded)).toEqual(withoutWords(local));
    }
    const all = await onBoth(both, query(where(S(pk))));
    expect(all.embedded).toEqual(all.local);
  };
  const batchOfSequences = fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: together, maxLength: together });
  await fc.assert(
    fc.asyncProperty(batchOfSequences, async (several) => {
      await Promise.all(several.map(runSequence));
    }),
    { numRuns: Math.ceil(sequences / together), endOnFailure: false, ...(seed === undefined ? {} : { seed: Number(seed) }) },
  );
  const [embedded, local] = await Promise.all([streamContents(both.embedded), streamContents(both.local)]);
  expect(made).toBeGreaterThanOrEqual(sequences);
  expect(byPartition(embedded)).toEqual(byPartition(local));
}, 3_600_000);
