import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bootCloud } from './boot-cloud.ts';
import type { Cloud } from './cloud.ts';
import { close } from './endpoint/listen.ts';
import { functionResource, writeAssembly } from './testing/small-assembly.ts';

const listening = '0A';

const reading = <Result>(read: () => Result, otherwise: Result): Result => {
  try {
    return read();
  } catch {
    return otherwise; // the process ended, or its files are not ours to read
  }
};

const childrenOf = (pid: number): readonly number[] =>
  reading(() => readdirSync(`/proc/${pid}/task`), []).flatMap((task) =>
    reading(() => readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8'), '')
      .split(' ')
      .filter((child) => child !== '')
      .map(Number)
      .flatMap((child) => [child, ...childrenOf(child)]),
  );

const socketsOf = (pid: number): readonly string[] =>
  reading(() => readdirSync(`/proc/${pid}/fd`), []).flatMap((file) => {
    const [, inode] = /^socket:\[(\d+)\]$/.exec(reading(() => readlinkSync(`/proc/${pid}/fd/${file}`), '')) ?? [];
    return inode === undefined ? [] : [inode];
  });

/** `0100007F:1F90` and its like in the system's tables, as `127.0.0.1:8080`. */
const addressOf = (text: string): string => {
  const [hex = '', port = ''] = text.split(':');
  const isLoopback = hex === '0100007F' || hex === '00000000000000000000000001000000' || hex === '0000000000000000FFFF00000100007F';
  return `${isLoopback ? '127.0.0.1' : hex}:${Number.parseInt(port, 16)}`;
};

/** Where this process and all below it listen, asked of the system: on Linux its tables of sockets, elsewhere `lsof`. */
const listeners = (): readonly string[] => {
  const pids = process.platform === 'linux' ? [process.pid, ...childrenOf(process.pid)] : [process.pid];
  if (process.platform !== 'linux')
    return spawnSync('lsof', ['-nP', '-iTCP', '-sTCP:LISTEN', '-a', '-p', pids.join(','), '-Fn'], { encoding: 'utf8' })
      .stdout.split('\n')
      .filter((line) => line.startsWith('n'))
      .map((line) => line.slice(1).replace('[::1]', '127.0.0.1'));
  const own = new Set(pids.flatMap(socketsOf));
  return ['tcp', 'tcp6'].flatMap((table) =>
    reading(() => readFileSync(`/proc/net/${table}`, 'utf8'), '')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === listening && own.has(fields[9] ?? ''))
      .map((fields) => addressOf(fields[1] ?? '')),
  );
};

describe.skipIf(process.platform === 'win32')('a cloud that runs on this machine', () => {
  const folder = mkdtempSync(join(tmpdir(), 'loopback-'));
  let cloud: Cloud;

  beforeAll(async () => {
    const resources = {
      Table: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          TableName: 'any',
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        },
      },
      Echo: functionResource('echo', 'echo'),
    };
    const bundles = { echo: 'exports.handler = async (event) => event;' };
    const assembly = writeAssembly(join(folder, 'cdk.out'), [{ name: 'small', resources, bundles }]);
    cloud = await bootCloud({ assembly, dataFolder: join(folder, 'data'), inMemory: true });
    await cloud.invoke('echo', {});
  });
  afterAll(async () => {
    await cloud.stop();
    rmSync(folder, { recursive: true });
  });

  test('listens on the loopback interface and on no other', () => {
    const found = listeners();
    for (const endpoint of [cloud.apiUrl, cloud.endpoints['AWS_ENDPOINT_URL_S3'], cloud.endpoints['AWS_ENDPOINT_URL_DYNAMODB']])
      expect(found).toContain(new URL(endpoint ?? '').host);
    expect(found.filter((address) => !address.startsWith('127.0.0.1:'))).toEqual([]);
  });

  test('would be found out if it listened on another interface', async () => {
    const server = createServer();
    const port = await new Promise<string>((resolve) =>
      server.listen(0, '0.0.0.0', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? String(address.port) : '');
      }),
    );
    const found = listeners().filter((address) => !address.startsWith('127.0.0.1:'));
    await close(server);
    expect(found.map((address) => address.split(':').at(-1))).toContain(port);
  });
});
