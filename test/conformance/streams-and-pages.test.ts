import { DescribeStreamCommand, GetRecordsCommand, GetShardIteratorCommand } from '@aws-sdk/client-dynamodb-streams';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Both, onBoth, outcomeOf, type Request, type Side, startBoth } from './both-databases.ts';
import { absent, inSequence, key, N, requestsTo, S, where } from './requests.ts';
import { byPartition, streamContents } from './stream-contents.ts';

const table = 'streams-and-pages';
let both: Both;
beforeAll(async () => {
  both = await startBoth(table);
});
afterAll(() => both.stop());

const { put, remove, add, batch, query, scan, transact, putting, removing, adding } = requestsTo(table);
const position = (n: number): string => String(n).padStart(3, '0');

describe('a stream', () => {
  it('has one record for each change, in order, and none for a write that changed nothing', async () => {
    await onBoth(
      both,
      inSequence(
        put({ ...key('s'), n: N('1') }),
        put({ ...key('s'), n: N('1.0') }),
        put({ ...key('s'), n: N('2'), m: { M: {} } }),
        add(key('s'), N('0')),
        add(key('s'), N('1')),
        remove(key('s')),
        remove(key('s')),
        transact([putting(key('s', 'a')), putting(key('s', 'b')), adding(key('s', 'c'), N('1')), removing(key('s', 'd'))]),
      ),
    );
    await onBoth(both, transact([putting(key('s', 'a'), absent), putting(key('s', 'e'))]));
    const [embedded, local] = await Promise.all([streamContents(both.embedded), streamContents(both.local)]);
    const changes = byPartition(embedded).get('s') ?? [];
    expect(changes.slice(0, 4).map(({ eventName }) => eventName)).toEqual(['INSERT', 'MODIFY', 'MODIFY', 'REMOVE']);
    // DynamoDB promises an order for each item only: those of one transaction may stand in any.
    const ofTransaction = changes.slice(4).map(({ keys, eventName }) => `${keys?.['sk']?.S} ${eventName}`);
    expect(ofTransaction.toSorted()).toEqual(['a INSERT', 'b INSERT', 'c INSERT']);
    const sorted = (all: typeof changes) => [
      ...all.slice(0, 4),
      ...all.slice(4).toSorted((a, b) => ((a.keys?.['sk']?.S ?? '') < (b.keys?.['sk']?.S ?? '') ? -1 : 1)),
    ];
    expect(sorted(changes)).toEqual(sorted(withNamedMaps(byPartition(local).get('s') ?? [])));
  });

  it('continues after a record, at a record, and at the end', async () => {
    await onBoth(both, inSequence(...[1, 2, 3].map((n) => put(key('iterators', String(n))))));
    const kept = async (side: Side): Promise<readonly (readonly (string | undefined)[])[]> => {
      const records = (await streamContents(side)).filter(({ dynamodb }) => dynamodb?.Keys?.['pk']?.S === 'iterators');
      const SequenceNumber = records[1]?.dynamodb?.SequenceNumber;
      const described = await side.streams.send(new DescribeStreamCommand({ StreamArn: side.streamArn }));
      const ShardId = described.StreamDescription?.Shards?.at(-1)?.ShardId;
      const readFrom = async (ShardIteratorType: 'AT_SEQUENCE_NUMBER' | 'AFTER_SEQUENCE_NUMBER' | 'LATEST') => {
        const number = ShardIteratorType === 'LATEST' ? {} : { SequenceNumber };
        const { ShardIterator } = await side.streams.send(
          new GetShardIteratorCommand({ StreamArn: side.streamArn, ShardId, ShardIteratorType, ...number }),
        );
        const { Records } = await side.streams.send(new GetRecordsCommand({ ShardIterator }));
        return (Records ?? []).map(({ dynamodb }) => dynamodb?.Keys?.['sk']?.S);
      };
      return [await readFrom('AT_SEQUENCE_NUMBER'), await readFrom('AFTER_SEQUENCE_NUMBER'), await readFrom('LATEST')];
    };
    const expected = [['2', '3'], ['3'], []];
    expect([await kept(both.embedded), await kept(both.local)]).toEqual([expected, expected]);
  });

  it('that does not exist is an error, and so is a shard that does not exist', async () => {
    const StreamArn = `${both.embedded.streamArn.replace(/stream\/.*/, '')}stream/2020-01-01T00:00:00.000`;
    const outcomes = (side: Side) =>
      Promise.all([
        outcomeOf(() => side.streams.send(new DescribeStreamCommand({ StreamArn }))),
        outcomeOf(() =>
          side.streams.send(
            new GetShardIteratorCommand({
              StreamArn: side.streamArn,
              ShardId: 'shardId-00000000000000000000-00000000',
              ShardIteratorType: 'TRIM_HORIZON',
            }),
          ),
        ),
      ]);
    const names = [{ error: 'ResourceNotFoundException' }, { error: 'ResourceNotFoundException' }];
    expect(await outcomes(both.embedded)).toMatchObject(names);
    expect(await outcomes(both.local)).toMatchObject(names);
  });
});

/** DynamoDB Local's streams leave out what an empty map is: `{}` stands for `{ M: {} }`. */
const withNamedMaps = <Value>(value: Value): Value =>
  JSON.parse(JSON.stringify(value).replaceAll(':{}', ':{"M":{}}').replaceAll('"M":{"M":{}}', '"M":{}'));

describe('a page', () => {
  const fill = async (pk: string, count: number, bytes: number): Promise<void> => {
    for (let n = 0; n < count; n += 1) {
      const item = { ...key(pk, position(n)), gsi1pk: S(pk), gsi1sk: S(position(n)), t: S('x'.repeat(bytes)) };
      await onBoth(both, put(item));
    }
  };
  const page = async (request: Request) => {
    const { embedded, local } = await onBoth(both, request);
    expect(embedded).toEqual(local);
    return embedded;
  };

  it('of a query on the table or an index ends at 1 MB in both directions, and the next page continues after it', async () => {
    await fill('pages', 8, 300_000);
    for (const index of ['', 'gsi1'])
      for (const ScanIndexForward of [true, false]) {
        const first = await page(query({ ...where(S('pages'), {}, index), ScanIndexForward }));
        expect(first).toMatchObject({ answer: { Count: 4 } });
        const ExclusiveStartKey = {
          ...key('pages', ScanIndexForward ? '003' : '004'),
          ...(index === '' ? {} : { gsi1pk: S('pages'), gsi1sk: S(ScanIndexForward ? '003' : '004') }),
        };
        expect(first).toMatchObject({ answer: { LastEvaluatedKey: ExclusiveStartKey } });
        await page(query({ ...where(S('pages'), {}, index), ScanIndexForward, ExclusiveStartKey }));
      }
  });

  it('of a batch ends at 16 MB and names the remaining keys', async () => {
    await fill('batch', 60, 300_000);
    const { embedded, local } = await onBoth(both, batch(Array.from({ length: 60 }, (_, n) => key('batch', position(n)))));
    const counts = (outcome: object) => JSON.stringify(outcome).match(/"sk":/g)?.length;
    expect([counts(embedded), counts(local)]).toEqual([60, 60]);
    expect(JSON.stringify(embedded).match(/"t":/g)?.length).toBe(55);
    expect(JSON.stringify(local).match(/"t":/g)?.length).toBe(55);
  });

  it('of a scan continues after its last key until every item was seen once', async () => {
    const seen = async (side: Side): Promise<readonly string[]> => {
      const found: string[] = [];
      let start: object | undefined;
      do {
        const answer: object = await scan({ Limit: 7, ...(start === undefined ? {} : { ExclusiveStartKey: { ...start } }) })(side.client);
        const items = 'Items' in answer && Array.isArray(answer.Items) ? answer.Items : [];
        found.push(...items.map(({ pk, sk }) => `${pk.S} ${sk.S}`));
        start =
          'LastEvaluatedKey' in answer && typeof answer.LastEvaluatedKey === 'object' && answer.LastEvaluatedKey !== null
            ? answer.LastEvaluatedKey
            : undefined;
      } while (start !== undefined);
      return found.toSorted();
    };
    const [embedded, local] = [await seen(both.embedded), await seen(both.local)];
    expect(embedded.length).toBeGreaterThan(60);
    expect(embedded).toEqual(local);
  });
});
