import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { openDatabase } from './open-database.ts';
import { databaseCalls, readStream } from '../../testing/small-database.ts';

const folder = mkdtempSync(join(tmpdir(), 'killed-database-'));
const file = join(folder, 'tables.sqlite');
afterAll(() => rmSync(folder, { recursive: true }));

const parts = ['a', 'b', 'c'];
const whole = 1000;

/** A process that writes one transaction of three items after the other and says which were acknowledged, until it is killed. */
const program = `
  import { openDatabase } from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, 'open-database.ts')).href)};
  import { createTable, databaseCalls, item } from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, '..', '..', 'testing', 'small-database.ts')).href)};
  const { call } = databaseCalls(openDatabase({ file: ${JSON.stringify(file)}, now: Date.now }));
  createTable(call);
  for (let n = 0; n < ${whole}; n += 1) {
    const puts = ${JSON.stringify(parts)}.map((sk) => ({ Put: { TableName: 'table', Item: item('t' + n, sk, { gsi1pk: 'all', gsi1sk: 't' + n + sk }) } }));
    call('TransactWriteItems', { TransactItems: puts });
    process.stdout.write(n + '\\n');
    if (n % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  setInterval(() => undefined, 1000);
`;

test('a database that is killed in the middle of a thousand transactions has every acknowledged transaction, and no half-written one', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  let acknowledged = -1;
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    acknowledged = Number(line);
    if (acknowledged === whole / 2) child.kill('SIGKILL');
  });
  await Promise.all([once(child, 'exit'), once(lines, 'close')]);
  expect(acknowledged).toBeGreaterThanOrEqual(whole / 2);

  const database = openDatabase({ file, now: Date.now });
  const { call, pages } = databaseCalls(database);
  const items = pages('Scan', { TableName: 'table' }).map(({ pk, sk }) => `${pk?.['S']}${sk?.['S']}`);
  const index = pages('Query', {
    TableName: 'table',
    IndexName: 'gsi1',
    KeyConditionExpression: '#pk = :pk',
    ExpressionAttributeNames: { '#pk': 'gsi1pk' },
    ExpressionAttributeValues: { ':pk': { S: 'all' } },
  }).map(({ gsi1sk }) => gsi1sk?.['S']);
  const stream = readStream(call).map(({ keys }) => `${keys['pk']?.['S']}${keys['sk']?.['S']}`);
  const written = items.length / parts.length;
  expect(written).toBeGreaterThan(acknowledged);
  const expected = Array.from({ length: written }, (_, n) => parts.map((sk) => `t${n}${sk}`)).flat();
  expect(items.toSorted()).toEqual(expected.toSorted());
  expect(index).toEqual(expected.toSorted());
  expect(stream).toEqual(expected);
  database.close();
}, 60_000);
