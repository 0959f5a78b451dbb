import { mkdtempSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { startDatabase, type DatabaseKind } from '@meilenstein/local';
import { createBenchTable } from './bench-table.ts';

// How many transactions of four items a second the embedded database does through the AWS SDK, and DynamoDB Local beside it.

const callers = 8;
const wanted = 800;
const TableName = 'bench';

type Rate = { readonly name: string; readonly transactions: number; readonly perSecond: number; readonly processorMillis: string };

/** What a commit of a change is made of: a state over its version, an event, a unique key, a sum. */
const transaction = (n: number) => {
  const text = 'what a customer said and did. '.repeat(10);
  const put = (pk: string, sk: string, more: object = {}) => ({
    Put: {
      TableName,
      Item: { pk: { S: pk }, sk: { S: sk }, version: { N: '1' }, text: { S: text }, ...more },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  });
  return new TransactWriteItemsCommand({
    TransactItems: [
      put(`LEAD#${n}`, 'STATE', { gsi1pk: { S: `REP#${n % 50}` }, gsi1sk: { S: `LEAD#${n}` } }),
      put(`LEAD#${n}`, 'COMMIT#0000000001'),
      put(`CLAIM#${n}`, 'CLAIM'),
      {
        Update: {
          TableName,
          Key: { pk: { S: `SUM#${n % 50}` }, sk: { S: 'SUM' } },
          UpdateExpression: 'ADD #a0 :a0',
          ExpressionAttributeNames: { '#a0': 'count' },
          ExpressionAttributeValues: { ':a0': { N: '1' } },
        },
      },
    ],
  });
};

async function measure(kind: DatabaseKind, transactions: number): Promise<Rate> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'bench-table-'));
  const database = await startDatabase({ kind, dataFolder, inMemory: false });
  const client = new DynamoDBClient({
    endpoint: database.endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'secret' },
  });
  try {
    await createBenchTable(client, TableName);
    for (let n = -50; n < 0; n += 1) await client.send(transaction(n));
    const [begin, used] = [performance.now(), process.cpuUsage()];
    let next = 0;
    const call = async (): Promise<void> => {
      while (next < transactions) await client.send(transaction((next += 1)));
    };
    await Promise.all(Array.from({ length: callers }, call));
    const { user, system } = process.cpuUsage(used);
    const perSecond = transactions / ((performance.now() - begin) / 1000);
    const millis = ((user + system) / 1000 / transactions).toFixed(2);
    const processorMillis = kind === 'embedded' ? `${millis} (database and caller)` : `${millis} (caller alone)`;
    return { name: kind === 'embedded' ? 'embedded' : 'DynamoDB Local', transactions, perSecond, processorMillis };
  } finally {
    client.destroy();
    await database.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

const tell = ({ name, transactions, perSecond, processorMillis }: Rate): void =>
  console.log(`| ${name} | ${transactions} | ${perSecond.toFixed(0)} | ${processorMillis} |`);

console.log('| database | transactions of four items | a second | processor ms each |\n| --- | --- | --- | --- |');
const embedded = await measure('embedded', 5000);
tell(embedded);
if (spawnSync('java', ['-version']).status === 0) {
  const local = await measure('dynamodb-local', 500);
  tell(local);
  console.log(`\nThe embedded database does ${(embedded.perSecond / local.perSecond).toFixed(1)} times as many.`);
} else console.log('\nDynamoDB Local was skipped: it needs Java 17 or newer, and there is no java on the PATH.');
if (embedded.perSecond < wanted) {
  console.log(`Less than ${wanted} a second were done: the machine is slow or busy, or the embedded database became slower.`);
  process.exitCode = 1;
}
