import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Both, onBoth, startBoth } from './both-databases.ts';
import { inSequence, key, N, requestsTo, S, versionIs, where } from './requests.ts';
import { byPartition, streamContents } from './stream-contents.ts';

// Where the two differ, AWS's documentation decides. Each test says what it decides, and fails when DynamoDB Local has learnt it.

const table = 'differences';
let both: Both;
beforeAll(async () => {
  both = await startBoth(table);
});
afterAll(() => both.stop());

const { put, get, add, query, transact, putting, adding } = requestsTo(table);

describe('unlike DynamoDB Local, as on AWS', () => {
  // TransactWriteItems, "Cancellation reason codes": ValidationError, "An operand in the update expression has an incorrect data type."
  it('the embedded database cancels a transaction that adds to a string, with a reason for each action', async () => {
    const request = inSequence(
      put({ ...key('text'), n: S('x') }),
      transact([adding(key('text'), N('1')), putting(key('text', '2')), putting(key('text', '3'), versionIs(1))]),
    );
    const { embedded, local } = await onBoth(both, request);
    const reasons = [{ Code: 'ValidationError' }, { Code: 'None' }, { Code: 'ConditionalCheckFailed' }];
    expect(embedded).toMatchObject({ error: 'TransactionCanceledException', reasons });
    expect(local).toEqual({ error: 'ValidationException', message: 'An operand in the update expression has an incorrect data type' });
  });

  // The same list: ValidationError, "Number overflow. Attempting to store a number with magnitude larger than supported range."
  it('the embedded database cancels a transaction whose sum is too large', async () => {
    const request = inSequence(
      put({ ...key('sum'), n: N('9.9e125') }),
      transact([adding(key('sum'), N('9.9e125')), putting(key('sum', '2'))]),
    );
    const { embedded, local } = await onBoth(both, request);
    expect(embedded).toMatchObject({ error: 'TransactionCanceledException', reasons: [{ Code: 'ValidationError' }, { Code: 'None' }] });
    expect(local).toMatchObject({ error: 'ValidationException' });
  });

  // "Data types", Number: leading and trailing zeros are trimmed, wherever the number stands.
  it('the embedded database normalises numbers inside maps and lists', async () => {
    const { embedded, local } = await onBoth(
      both,
      inSequence(put({ ...key('deep'), m: { M: { n: N('1.50'), l: { L: [N('1e2')] } } } }), get(key('deep'))),
    );
    expect(embedded).toMatchObject({ answer: { Item: { m: { M: { n: { N: '1.5' }, l: { L: [{ N: '100' }] } } } } } });
    expect(local).toMatchObject({ answer: { Item: { m: { M: { n: { N: '1.50' }, l: { L: [{ N: '1e2' }] } } } } } });
  });

  it('the embedded database normalises sums', async () => {
    const { embedded, local } = await onBoth(both, inSequence(add(key('half'), N('0.5')), add(key('half'), N('0.5')), get(key('half'))));
    expect(embedded).toMatchObject({ answer: { Item: { n: { N: '1' } } } });
    expect(local).toMatchObject({ answer: { Item: { n: { N: '1.0' } } } });
  });

  // Query, Limit: at the limit it "returns the matching values up to that point, and a key in LastEvaluatedKey to apply in a subsequent operation".
  it('the embedded database names the last key of a full page, even if it is a bound of the query, and continues after it', async () => {
    const between = where(S('bound'), { between: [S('1'), S('2')] });
    const first = await onBoth(both, inSequence(put(key('bound', '1')), put(key('bound', '2')), query({ ...between, Limit: 2 })));
    expect(first.embedded).toMatchObject({ answer: { Count: 2, LastEvaluatedKey: key('bound', '2') } });
    expect(first.local).toMatchObject({ answer: { Count: 2 } });
    expect(first.local).not.toMatchObject({ answer: { LastEvaluatedKey: expect.anything() } });
    const { embedded, local } = await onBoth(both, query({ ...between, Limit: 2, ExclusiveStartKey: key('bound', '2') }));
    expect(embedded).toEqual({ answer: { Items: [], Count: 0, ScannedCount: 0 } });
    expect(local).toEqual({ error: 'ValidationException', message: 'The provided starting key does not match the range key predicate' });
  });

  // An AttributeValue always names its type.
  it('the embedded database shows an empty map as a map in its streams', async () => {
    await onBoth(both, put({ ...key('map'), m: { M: {} } }));
    const [embedded, local] = await Promise.all([streamContents(both.embedded), streamContents(both.local)]);
    expect(byPartition(embedded).get('map')).toMatchObject([{ newImage: { m: { M: {} } } }]);
    expect(byPartition(local).get('map')?.[0]?.newImage?.['m']).not.toEqual({ M: {} });
  });

  // Not DynamoDB's: what this system never sends is refused by name, so that nobody relies on half of it.
  it('the embedded database refuses parameters and expressions that it does not support, and names them', async () => {
    const { embedded } = await onBoth(both, put(key('a'), { ConditionExpression: 'attribute_exists(pk)' }));
    expect(embedded).toMatchObject({ error: 'UnsupportedOperationException', message: expect.stringContaining('"attribute_exists(pk)"') });
    const added = await onBoth(both, add(key('a'), { SS: ['x'] }));
    expect(added.embedded).toMatchObject({ error: 'UnsupportedOperationException', message: expect.stringContaining('ADD of a set') });
    expect(added.local).toEqual({ answer: {} });
  });
});
