import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import * as z from 'zod';
import { bootCloud, type BootOptions } from './boot-cloud.ts';
import { isPortInUse } from './endpoint/is-port-in-use.ts';
import { functionResource, writeAssembly } from './testing/small-assembly.ts';

/** Holds on to whoever listens at the port that a message names; where nobody does, it writes into its log and is done. */
const holder = `
  exports.handler = ({ Records: [{ body }] }) => new Promise((resolve) => {
    require('node:net').connect(Number(body), '127.0.0.1').once('error', () => { console.log('message ' + body); resolve({}); });
  });`;
const resources = {
  Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'waiting' } },
  Holder: functionResource('holder', 'holder'),
  Mapping: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: { FunctionName: { Ref: 'Holder' }, EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] } },
  },
};

const folder = mkdtempSync(join(tmpdir(), 'killed-'));
const assembly = writeAssembly(join(folder, 'cdk.out'), [{ name: 'small', resources, bundles: { holder } }]);
afterAll(() => rmSync(folder, { recursive: true }));

const portOf = (address: string | undefined): number => Number(new URL(address ?? '').port);
const closed = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    socket.on('error', () => undefined).once('close', () => resolve());
  });

/** A process of its own that boots the cloud and says where its parts are. */
const bootElsewhere = async (options: BootOptions) => {
  const program = `
    import { bootCloud } from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, 'boot-cloud.ts')).href)};
    const { endpoints } = await bootCloud(${JSON.stringify(options)});
    console.log(JSON.stringify(endpoints));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said]: unknown[] = await once(child.stdout, 'data');
  return { child, endpoints: z.record(z.string(), z.string()).parse(JSON.parse(String(said))) };
};

test.each(['threads', 'processes'] as const)(
  'a cloud with functions in %s that is killed leaves nothing running, and what it had in hand comes again after the next start',
  async (functions) => {
    const options = { assembly, dataFolder: join(folder, functions), functions };
    const { child, endpoints } = await bootElsewhere(options);
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    const held = new Promise<Socket>((resolve) => void server.once('connection', resolve));
    const sqs = endpoints['AWS_ENDPOINT_URL_SQS'] ?? '';
    await fetch(sqs, {
      method: 'POST',
      headers: { 'x-amz-target': 'AmazonSQS.SendMessage' },
      body: JSON.stringify({ QueueUrl: `${sqs}/0/waiting`, MessageBody: port }),
    });
    const ofFunction = closed(await held);
    const database = portOf(endpoints['AWS_ENDPOINT_URL_DYNAMODB']);
    const ofDatabase = closed(connect(database, '127.0.0.1'));
    child.kill('SIGKILL');
    await Promise.all([ofFunction, ofDatabase]);
    // Of a process that is killed one thing closes after the other; the test’s own time is the limit.
    while (await isPortInUse(database));
    server.close();

    const cloud = await bootCloud(options);
    await cloud.quiet();
    await cloud.stop();
    expect(readFileSync(join(options.dataFolder, 'logs', 'holder.log'), 'utf8').trim()).toBe(`message ${port}`);
  },
  60_000,
);
