import {
  type AttributeValue,
  BatchGetItemCommand,
  CreateTableCommand,
  DescribeTableCommand,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Both, onBoth, type Outcome, type Request, startBoth, tableInput, withoutWords } from './both-databases.ts';
import { absent, inSequence, key, N, requestsTo, S, versionIs, where } from './requests.ts';

const table = 'agreement';
let both: Both;
beforeAll(async () => {
  both = await startBoth(table);
});
afterAll(() => both.stop());

const { put, get, remove, add, batch, query, scan, transact, putting, removing, adding } = requestsTo(table);
const largest = 400 * 1024;
/** An item of so many bytes: names and values count. */
const itemOf = (pk: string, bytes: number) => ({ ...key(pk), t: S('x'.repeat(bytes - 2 - pk.length - 2 - 1 - 1)) });
const numbered = (count: number) => Array.from({ length: count }, (_, n) => n);

/** What happens by name: `ok`, or the name of the error. A `!` behind it: the words are the same, too. */
type Case = readonly [title: string, expected: string, request: Request];

const keysOfItems: readonly Case[] = [
  ['a put without a sort key', 'ValidationException', put({ pk: S('a') })],
  ['a put with a number as key', 'ValidationException', put({ pk: N('1'), sk: S('1') })],
  ['a put with an empty partition key', 'ValidationException!', put(key(''))],
  ['a put with an empty sort key', 'ValidationException!', put(key('a', ''))],
  ['a partition key of 2048 bytes', 'ok', put(key('p'.repeat(2048)))],
  ['a partition key of 2049 bytes', 'ValidationException', put(key('p'.repeat(2049)))],
  ['a partition key of 1025 letters of two bytes', 'ValidationException', put(key('ü'.repeat(1025)))],
  ['a sort key of 1024 bytes', 'ok', put(key('a', 's'.repeat(1024)))],
  ['a sort key of 1025 bytes', 'ValidationException', put(key('a', 's'.repeat(1025)))],
  ['a get of half a key', 'ValidationException', get({ pk: S('a') })],
  ['a get with more than the key', 'ValidationException', get({ ...key('a'), more: S('1') })],
  ['a get with a number as key', 'ValidationException', get({ pk: N('1'), sk: S('1') })],
  ['a get with a partition key of 2049 bytes', 'ValidationException', get(key('p'.repeat(2049)))],
  ['a get of nothing', 'ok', get(key('nothing'))],
  ['an empty key of an index', 'ValidationException!', put({ ...key('a'), gsi1pk: S(''), gsi1sk: S('1') })],
  ['an empty key of an index that lacks the other', 'ValidationException!', put({ ...key('a'), gsi1sk: S('') })],
  ['a number as key of an index', 'ValidationException', put({ ...key('a'), gsi1pk: N('1'), gsi1sk: S('1') })],
  ['half a key of an index', 'ok', put({ ...key('a'), gsi1pk: S('x') })],
  ['a partition key of an index of 2049 bytes', 'ValidationException', put({ ...key('a'), gsi1pk: S('x'.repeat(2049)), gsi1sk: S('1') })],
  ['a sort key of an index of 1025 bytes', 'ValidationException', put({ ...key('a'), gsi1pk: S('x'), gsi1sk: S('x'.repeat(1025)) })],
];

const numbers = ['0', '7', '12', '123', '100', '-1', '-12', '1.5', '0.001', '12.34', '-0.5', '1234567890123456789012345678901234567.8'];
/** Bytes of each of the numbers above. */
const bytesOfNumber = (text: string): number => {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const pairs = `${whole.padStart(whole.length + (whole.length % 2), '0')}${fraction.padEnd(fraction.length + (fraction.length % 2), '0')}`;
  return pairs.replace(/^(00)+/, '').replace(/(00)+$/, '').length / 2 + 1 + (text.startsWith('-') ? 1 : 0);
};
const sizes: readonly Case[] = [
  ['an item of 400 KB', 'ok', put(itemOf('size', largest))],
  ['an item of a byte more', 'ValidationException!', put(itemOf('size', largest + 1))],
  ['a list that fills an item', 'ok', put({ ...itemOf('size', largest - 1 - 3 - 1 - 1), l: { L: [S('x')] } })],
  ['a list that fills an item and a byte', 'ValidationException!', put({ ...itemOf('size', largest - 1 - 3 - 1), l: { L: [S('x')] } })],
  ['a map that fills an item', 'ok', put({ ...itemOf('size', largest - 1 - 3 - 1 - 2), m: { M: { k: S('x') } } })],
  [
    'a map that fills an item and a byte',
    'ValidationException!',
    put({ ...itemOf('size', largest - 1 - 3 - 1 - 1), m: { M: { k: S('x') } } }),
  ],
  ['bytes that fill an item', 'ok', put({ ...itemOf('size', largest - 1 - 5), b: { B: new Uint8Array(5) } })],
  ['bytes that fill an item and a byte', 'ValidationException!', put({ ...itemOf('size', largest - 1 - 4), b: { B: new Uint8Array(5) } })],
  ['a truth that fills an item', 'ok', put({ ...itemOf('size', largest - 2), b: { BOOL: true } })],
  ['a truth that fills an item and a byte', 'ValidationException!', put({ ...itemOf('size', largest - 1), b: { BOOL: true } })],
  ['a null that fills an item and a byte', 'ValidationException!', put({ ...itemOf('size', largest - 1), b: { NULL: true } })],
  ['sets that fill an item', 'ok', put({ ...itemOf('size', largest - 1 - 3 - 1 - 4), s: { SS: ['a', 'bc'] }, n: { NS: ['1', '2'] } })],
  [
    'sets that fill an item and a byte',
    'ValidationException!',
    put({ ...itemOf('size', largest - 1 - 3 - 1 - 3), s: { SS: ['a', 'bc'] }, n: { NS: ['1', '2'] } }),
  ],
  ...numbers.flatMap((n): Case[] => [
    [`the number ${n} that fills an item`, 'ok', put({ ...itemOf('size', largest - 1 - bytesOfNumber(n)), n: N(n) })],
    [
      `the number ${n} that fills an item and a byte`,
      'ValidationException!',
      put({ ...itemOf('size', largest - bytesOfNumber(n)), n: N(n) }),
    ],
  ]),
  ['a sum that makes an item too large', 'ValidationException!', inSequence(put(itemOf('grows', largest - 2)), add(key('grows'), N('1')))],
];

const written = (n: string): Request => inSequence(put({ ...key('number'), n: N(n) }), get(key('number')));
const nested = (levels: number): AttributeValue => numbered(levels).reduce<AttributeValue>((inner) => ({ L: [inner] }), S('x'));
const values: readonly Case[] = [
  ...['1.500', '1e3', '+5', '-0', '.5', '5.', '0.00', '1E-5', '-1.25e2', '9.9e125', '1e-130', '1'.repeat(38), `${'1'.repeat(38)}000`].map(
    (n): Case => [`the number ${n}`, 'ok', written(n)],
  ),
  ...['1e126', '1e-131'].map((n): Case => [`the number ${n}`, 'ValidationException!', written(n)]),
  ...['1'.repeat(39), 'abc', '', ' 1', 'NaN', '0x10', '1e'].map((n): Case => [`the number "${n}"`, 'ValidationException', written(n)]),
  ['an empty set of texts', 'ValidationException!', put({ ...key('a'), s: { SS: [] } })],
  ['an empty set of numbers', 'ValidationException!', put({ ...key('a'), s: { NS: [] } })],
  ['a set with a text twice', 'ValidationException', put({ ...key('a'), s: { SS: ['a', 'a'] } })],
  ['a set with a number twice', 'ValidationException', put({ ...key('a'), s: { NS: ['1', '1.0'] } })],
  ['an empty text', 'ok', inSequence(put({ ...key('a'), s: S('') }), get(key('a')))],
  ['empty bytes', 'ok', inSequence(put({ ...key('a'), s: { B: new Uint8Array() } }), get(key('a')))],
  ['an empty map and an empty list', 'ok', inSequence(put({ ...key('a'), m: { M: {} }, l: { L: [] } }), get(key('a')))],
  ['a null of another value', 'ValidationException!', put({ ...key('a'), s: { NULL: false } })],
  [
    'a text with a null character and one beyond 16 bits',
    'ok',
    inSequence(put({ ...key('a\u0000b', '😀'), t: S('\u0000😀') }), get(key('a\u0000b', '😀'))),
  ],
  ['31 lists within each other', 'ok', put({ ...key('deep'), d: nested(31) })],
  ['32 lists within each other', 'ValidationException!', put({ ...key('deep'), d: nested(32) })],
];

const unusedName = { ...absent, ExpressionAttributeNames: { '#a': 'a' } };
const conditions: readonly Case[] = [
  ['a put where an item is', 'ConditionalCheckFailedException!', inSequence(put(key('there')), put(key('there'), absent))],
  ['a put over a version', 'ok', inSequence(put({ ...key('v1'), version: N('1.0') }), put(key('v1'), versionIs(1)))],
  [
    'a put over another version',
    'ConditionalCheckFailedException!',
    inSequence(put({ ...key('v2'), version: N('2') }), put(key('v2'), versionIs(1))),
  ],
  [
    'a put over a version of another type',
    'ConditionalCheckFailedException!',
    inSequence(put({ ...key('v3'), version: S('1') }), put(key('v3'), versionIs(1))),
  ],
  ['a put over a version that nothing has', 'ConditionalCheckFailedException!', put(key('v4'), versionIs(1))],
  ['a delete of a version that nothing has', 'ConditionalCheckFailedException!', remove(key('v4'), versionIs(1))],
  ['a delete of nothing', 'ok', remove(key('v4'))],
  ['a name that no expression uses', 'ValidationException!', put(key('a'), unusedName)],
  ['a value that no expression uses', 'ValidationException!', put(key('a'), { ...absent, ExpressionAttributeValues: { ':a': S('a') } })],
  [
    'a name that is not defined',
    'ValidationException!',
    put(key('a'), { ConditionExpression: '#v = :v', ExpressionAttributeValues: { ':v': S('a') } }),
  ],
  [
    'a value that is not defined',
    'ValidationException!',
    put(key('a'), { ConditionExpression: '#v = :v', ExpressionAttributeNames: { '#v': 'a' } }),
  ],
  ['names without an expression', 'ValidationException!', put(key('a'), { ExpressionAttributeNames: { '#v': 'a' } })],
  ['values without an expression', 'ValidationException!', put(key('a'), { ExpressionAttributeValues: { ':v': S('a') } })],
  ['no names', 'ValidationException!', put(key('a'), { ...absent, ExpressionAttributeNames: {} })],
  ['no values', 'ValidationException!', put(key('a'), { ...absent, ExpressionAttributeValues: {} })],
  ['an empty condition', 'ValidationException!', put(key('a'), { ConditionExpression: '' })],
];

const additions: readonly Case[] = [
  ['additions to nothing and to a number', 'ok', inSequence(add(key('u1'), N('1')), add(key('u1'), N('-3.5')), get(key('u1')))],
  ['an addition of zero to nothing', 'ok', inSequence(add(key('u0'), N('0')), get(key('u0')))],
  ['an addition of a text', 'ValidationException', add(key('u2'), S('1'))],
  ['an addition of a truth', 'ValidationException', add(key('u2'), { BOOL: true })],
  ['an addition to a text', 'ValidationException!', inSequence(put({ ...key('u3'), n: S('x') }), add(key('u3'), N('1')))],
  ['an addition to a key', 'ValidationException!', add(key('u2'), N('1'), 'pk')],
  ['an addition to the key of an index', 'ValidationException', add(key('u4'), N('1'), 'gsi1pk')],
  [
    'a sum beyond the largest number',
    'ValidationException!',
    inSequence(put({ ...key('u5'), n: N('9.9e125') }), add(key('u5'), N('9.9e125'))),
  ],
  ['a sum of 39 digits', 'ValidationException', inSequence(put({ ...key('u6'), n: N('1e38') }), add(key('u6'), N('0.1')))],
];

const transactions: readonly Case[] = [
  ['a transaction of nothing', 'ValidationException', transact([])],
  ['a transaction of 100 items', 'ok', transact(numbered(100).map((n) => putting(key('hundred', String(n)))))],
  ['a transaction of 101 items', 'ValidationException', transact(numbered(101).map((n) => putting(key('t', String(n)))))],
  ['a transaction with an item twice', 'ValidationException!', transact([putting(key('t')), removing(key('t'))])],
  ['a transaction with an empty action', 'ValidationException', transact([{}])],
  ['a transaction with two actions in one', 'ValidationException!', transact([{ ...putting(key('t')), ...removing(key('t2')) }])],
  [
    'a transaction whose condition fails',
    'TransactionCanceledException!',
    inSequence(put(key('t3')), transact([putting(key('t3'), absent), putting(key('t4')), putting(key('t5'), versionIs(1))])),
  ],
  ['what a cancelled transaction did not write', 'ok', get(key('t4'))],
  [
    'a transaction that makes an item too large',
    'TransactionCanceledException!',
    inSequence(put(itemOf('t6', largest - 2)), transact([adding(key('t6'), N('1')), putting(key('t7'))])),
  ],
  [
    'a transaction with an item that is too large',
    'ValidationException!',
    transact([putting(itemOf('t8', largest + 1)), putting(key('t9'))]),
  ],
  ['a transaction with an empty key', 'ValidationException!', transact([putting(key('')), putting(key('t9'))])],
  [
    'a transaction with a number as key of an index',
    'TransactionCanceledException',
    transact([putting({ ...key('t10'), gsi1pk: N('1'), gsi1sk: S('1') }), putting(key('t9'))]),
  ],
  [
    'a transaction that adds to the key of an index',
    'TransactionCanceledException',
    transact([adding(key('t11'), N('1'), 'gsi1pk'), putting(key('t9'))]),
  ],
  ['a transaction of less than 4 MB', 'ok', transact(numbered(10).map((n) => putting(itemOf(`large-${n}`, largest - 10))))],
  [
    'a transaction of more than 4 MB',
    'ValidationException',
    transact(numbered(11).map((n) => putting(itemOf(`large-${n}`, largest - 10)))),
  ],
  [
    'a transaction that is sent twice with its token',
    'ok',
    inSequence(transact([adding(key('t12'), N('1'))], 'one'), transact([adding(key('t12'), N('1'))], 'one'), get(key('t12'))),
  ],
  [
    'a token with another transaction',
    'IdempotentParameterMismatchException',
    inSequence(transact([adding(key('t13'), N('1'))], 'two'), transact([adding(key('t13'), N('2'))], 'two')),
  ],
  ['a token of 37 characters', 'ValidationException', transact([putting(key('t14'))], 'x'.repeat(37))],
];

const reads: readonly Case[] = [
  ['a batch with a key twice', 'ValidationException!', batch([key('a'), key('a')])],
  ['a batch of 101 keys', 'ValidationException!', batch(numbered(101).map((n) => key('b', String(n))))],
  ['a batch of no keys', 'ValidationException', batch([])],
  ['a batch of nothing', 'ValidationException', (client) => client.send(new BatchGetItemCommand({ RequestItems: {} }))],
  ['a batch that finds nothing', 'ok', batch([key('nothing'), key('nothing', '2')])],
  ['a query of nothing', 'ok', query(where(S('nothing')))],
  ['a query of an empty partition', 'ValidationException!', query(where(S('')))],
  ['a query with a number as partition', 'ValidationException!', query(where(N('1')))],
  ['a query of another attribute', 'ValidationException', query({ ...where(S('q')), ExpressionAttributeNames: { '#pk': 'other' } })],
  [
    'a query of another range',
    'ValidationException',
    query({ ...where(S('q'), { equal: S('a') }), ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'other' } }),
  ],
  ['a query of an empty prefix', 'ValidationException!', query(where(S('q'), { prefix: S('') }))],
  ['a query of a number as prefix', 'ValidationException', query(where(S('q'), { prefix: N('1') }))],
  ['a query between an empty text and another', 'ValidationException!', query(where(S('q'), { between: [S(''), S('a')] }))],
  ['a query between bounds in the wrong order', 'ValidationException!', query(where(S('q'), { between: [S('b'), S('a')] }))],
  ['a query of a sort key of 1025 bytes', 'ValidationException!', query(where(S('q'), { equal: S('x'.repeat(1025)) }))],
  ['a query with a limit of 0', 'ValidationException', query({ ...where(S('q')), Limit: 0 })],
  ['a query of an index that is none', 'ValidationException!', query({ ...where(S('q')), IndexName: 'none' })],
  ['a consistent query of an index', 'ValidationException!', query({ ...where(S('q'), {}, 'gsi1'), ConsistentRead: true })],
  ['a query from a key that is not there', 'ok', query({ ...where(S('q')), ExclusiveStartKey: key('q', 'zz') })],
  ['a query from a key of another partition', 'ValidationException', query({ ...where(S('q')), ExclusiveStartKey: key('z') })],
  [
    'a query from a key outside its prefix',
    'ValidationException!',
    query({ ...where(S('q'), { prefix: S('a') }), ExclusiveStartKey: key('q', 'b') }),
  ],
  [
    'a query from a key outside its bounds',
    'ValidationException!',
    query({ ...where(S('q'), { between: [S('b'), S('c')] }), ExclusiveStartKey: key('q', 'a') }),
  ],
  ['a query from half a key', 'ValidationException', query({ ...where(S('q')), ExclusiveStartKey: { pk: S('q') } })],
  ['a query from more than a key', 'ValidationException', query({ ...where(S('q')), ExclusiveStartKey: { ...key('q'), more: S('1') } })],
  ['a query from a key of another type', 'ValidationException', query({ ...where(S('q')), ExclusiveStartKey: { pk: S('q'), sk: N('1') } })],
  ['a query from an empty key', 'ValidationException', query({ ...where(S('q')), ExclusiveStartKey: key('q', '') })],
  [
    'a query of an index from a key',
    'ok',
    query({ ...where(S('q'), {}, 'gsi1'), ExclusiveStartKey: { ...key('q'), gsi1pk: S('q'), gsi1sk: S('a') } }),
  ],
  [
    'a query of an index from the key of the table alone',
    'ValidationException!',
    query({ ...where(S('q'), {}, 'gsi1'), ExclusiveStartKey: key('q') }),
  ],
  [
    'a query of an index from a key of another partition',
    'ValidationException',
    query({ ...where(S('q'), {}, 'gsi1'), ExclusiveStartKey: { ...key('q'), gsi1pk: S('z'), gsi1sk: S('a') } }),
  ],
  ['a scan from half a key', 'ValidationException', scan({ ExclusiveStartKey: { pk: S('a') } })],
  ['a scan with a limit of 0', 'ValidationException', scan({ Limit: 0 })],
  [
    'a query between two keys, both included',
    'ok',
    inSequence(...['1', '2', '3', '4'].map((sk) => put(key('between', sk))), query(where(S('between'), { between: [S('2'), S('3')] }))),
  ],
  [
    'a query that ends with its limit',
    'ok',
    inSequence(put(key('limit', '1')), put(key('limit', '2')), query({ ...where(S('limit')), Limit: 2 })),
  ],
  [
    'a query of an index that shows keys only',
    'ok',
    inSequence(put({ ...key('k'), gsi2pk: S('k'), gsi2sk: S('1'), other: S('x') }), query(where(S('k'), {}, 'gsi2'))),
  ],
];

const tables: readonly Case[] = [
  ['a put into no table', 'ResourceNotFoundException!', (client) => client.send(new PutItemCommand({ TableName: 'none', Item: key('a') }))],
  ['a get from no table', 'ResourceNotFoundException!', (client) => client.send(new GetItemCommand({ TableName: 'none', Key: key('a') }))],
  ['a transaction in no table', 'ResourceNotFoundException!', transact([{ Put: { TableName: 'none', Item: key('a') } }])],
  ['a description of no table', 'ResourceNotFoundException', (client) => client.send(new DescribeTableCommand({ TableName: 'none' }))],
  ['a table that is there already', 'ResourceInUseException!', (client) => client.send(new CreateTableCommand(tableInput(table)))],
];

describe.each([
  ['keys', keysOfItems],
  ['sizes', sizes],
  ['values', values],
  ['conditions', conditions],
  ['additions', additions],
  ['transactions', transactions],
  ['reads', reads],
  ['tables', tables],
] as const)('the embedded database and DynamoDB Local agree on %s', (_, cases) => {
  it.each(cases)('%s: %s', async (_title, expected, request) => {
    const { embedded, local } = await onBoth(both, request);
    expect('error' in embedded ? embedded.error : 'ok').toBe(expected.replace('!', ''));
    const compared = expected.endsWith('!') ? (outcome: Outcome) => outcome : withoutWords;
    expect(compared(embedded)).toEqual(compared(local));
  });
});
