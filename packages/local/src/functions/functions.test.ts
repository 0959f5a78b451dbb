import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAssembly } from '../assembly/read-assembly.ts';
import { resolveStacks } from '../assembly/resolve-stacks.ts';
import { readSystem } from '../assembly/system.ts';
import { close, listen } from '../endpoint/listen.ts';
import { createServiceServer, type Services } from '../endpoint/service-server.ts';
import { createCustomResources } from '../custom-resources/custom-resources.ts';
import { createLocalIssuer } from '../issuer/local-issuer.ts';
import { functionResource, writeAssembly } from '../testing/small-assembly.ts';
import { type Functions, startFunctions } from './functions.ts';
import { runtimePath } from './process-runtime.ts';

const bundles = {
  echo: "let calls = 0; exports.handler = async (event) => { console.log('heard', event); calls += 1; return { event, calls, instance: [process.pid, require('node:worker_threads').threadId].join() }; };",
  environment: `exports.handler = async (event, context) => {
      process.env.LEFT_BEHIND = 'by another function';
      return { env: process.env, id: context.awsRequestId, left: context.getRemainingTimeInMillis(), offset: new Date(0).getTimezoneOffset() }; };`,
  moody: `exports.handler = async (mood) => {
    if (mood === 'throw') throw new TypeError('no mood');
    if (mood === 'exit') process.exit(7);
    if (mood === 'compute') for (;;) Math.random();
    if (mood === 'reject') { Promise.reject(new RangeError('nobody listens')); await new Promise(() => setInterval(() => undefined, 1000)); }
    if (mood === 'explode') await new Promise(() => setTimeout(() => { throw new RangeError('in a timer'); }));
    if (mood === 'explode later') setTimeout(() => { throw new RangeError('when idle'); });
    return 'fine'; };`,
  printing: `exports.handler = async (text) => { console.log(text + ' by log'); console.error(text + ' by error'); process.stdout.write(text + ' by write\\n'); process.exit(0); };`,
  module: 'not used',
  hoarder: `exports.handler = async (isGreedy) => {
    for (const kept = []; isGreedy; kept.push(Array.from({ length: 1000 }, (_, index) => ({ index })))) await new Promise(setImmediate); };`,
  broken: "throw new Error('cannot start');",
  slow: 'exports.handler = () => new Promise((resolve) => setTimeout(() => resolve([process.pid, require("node:worker_threads").threadId].join()), 1200));',
};

describe.each(['threads', 'processes'] as const)('a function that runs in %s', (runIn) => {
  const folder = mkdtempSync(join(tmpdir(), `functions-${runIn}-`));
  const destinations: { arn: string; body: string }[] = [];
  const lines: string[] = [];
  let server: Server;
  let functions: Functions;

  beforeAll(async () => {
    const resources = {
      ...Object.fromEntries(
        Object.keys(bundles).map((name) => [
          name,
          functionResource(name, name, {
            Timeout: name === 'moody' ? 1 : 10,
            MemorySize: name === 'hoarder' ? 64 : 256,
            Environment: { Variables: { OWN: 'value' } },
          }),
        ]),
      ),
      Config: {
        Type: 'AWS::Lambda::EventInvokeConfig',
        Properties: {
          FunctionName: { Ref: 'moody' },
          Qualifier: '$LATEST',
          MaximumRetryAttempts: 1,
          DestinationConfig: { OnFailure: { Destination: 'arn:of:dead' } },
        },
      },
    };
    const assembly = writeAssembly(join(folder, 'cdk.out'), [{ name: 'stack', resources, bundles }]);
    rmSync(join(assembly, 'asset.module', 'index.js'));
    writeFileSync(join(assembly, 'asset.module', 'index.mjs'), "export const handler = async () => 'from a module';");
    const system = readSystem(
      resolveStacks(readAssembly(assembly), {
        apiUrl: '',
        queueUrl: (name) => name,
        issuerUrl: 'http://issuer',
        bucketUrl: '',
        pageHost: 'localhost',
      }),
    );
    const behind: { services?: Services } = {};
    server = createServiceServer(() => behind.services);
    const address = await listen(server, 0);
    functions = startFunctions(system, {
      runIn,
      logsFolder: join(folder, 'logs'),
      runtimeFolder: join(folder, 'runtime'),
      log: (line) => lines.push(line),
      runtimeAddress: `${address.replace('http://', '')}${runtimePath}`,
      environment: { AWS_REGION: 'eu-central-1' },
      onSettled: () => undefined,
      sendToDestination: (arn, body) => destinations.push({ arn, body }),
    });
    const customResources = createCustomResources([], { url: address, invoke: (arn, payload) => functions.named(arn).invoke(payload) });
    behind.services = { functions, issuer: await createLocalIssuer(address, []), customResources, operations: {}, mailFolder: folder };
    process.env['SECRET_OF_THE_PARENT'] = 'secret';
  });
  afterAll(async () => {
    await functions.stop();
    await close(server);
    rmSync(folder, { recursive: true });
  });

  const invoke = async (name: string, event: unknown) => {
    const { payload, failed } = await functions.named(name).invoke(JSON.stringify(event));
    return { answer: JSON.parse(payload), failed };
  };

  test('is called again in a warm instance that keeps its state, and logs to its own file', async () => {
    const [first, second] = [await invoke('echo', { a: 1 }), await invoke('echo', { a: 2 })];
    expect([first.answer.calls, second.answer.calls, second.answer.event]).toEqual([1, 2, { a: 2 }]);
    expect(readFileSync(join(folder, 'logs', 'echo.log'), 'utf8')).toContain('heard { a: 2 }');
  });

  test('sees its own environment and nothing of the parent', async () => {
    const { answer } = await invoke('environment', {});
    expect(answer.env).toMatchObject({
      OWN: 'value',
      AWS_LAMBDA_FUNCTION_NAME: 'environment',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      TZ: 'UTC',
      AWS_REGION: 'eu-central-1',
    });
    expect(answer.env.SECRET_OF_THE_PARENT).toBeUndefined();
    expect(answer.offset).toBe(0);
    expect(process.env['LEFT_BEHIND']).toBeUndefined();
    expect(answer.left).toBeGreaterThan(5000);
  });

  test.each([
    ['throws', 'throw', { errorType: 'TypeError', errorMessage: 'no mood' }],
    ['ends its process', 'exit', { errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining('exit status 7') }],
    ['rejects where nobody listens', 'reject', { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'nobody listens' }],
    ['throws in a timer', 'explode', { errorType: 'RangeError', errorMessage: 'in a timer' }],
    [
      'computes for too long',
      'compute',
      { errorType: 'Sandbox.Timedout', errorMessage: expect.stringContaining('timed out after 1.00 seconds of processor time') },
    ],
  ])('that %s fails its invocation and works again for the next', async (_, mood, error) => {
    expect(await invoke('moody', mood)).toMatchObject({ failed: true, answer: error });
    expect(await invoke('moody', 'good')).toEqual({ failed: false, answer: 'fine' });
  });

  test('that takes more memory than it has ends, and works again for the next', async () => {
    expect(await invoke('hoarder', true)).toMatchObject({ failed: true, answer: { errorType: 'Runtime.ExitError' } });
    expect(await invoke('hoarder', false)).toMatchObject({ failed: false });
  });

  test('that dies after its answer does not fail the next invocation', async () => {
    expect(await invoke('moody', 'explode later')).toEqual({ failed: false, answer: 'fine' });
    expect(await invoke('moody', 'good')).toEqual({ failed: false, answer: 'fine' });
  });

  test('prints only into its own log, even right before it ends', async () => {
    expect((await invoke('printing', 'said')).failed).toBe(true);
    const log = readFileSync(join(folder, 'logs', 'printing.log'), 'utf8');
    expect(log).toMatch(/said by log\nsaid by error\nsaid by write\n.* ended during request \S+: exit status 0\n/);
    expect(lines).toContainEqual(expect.stringMatching(/^printing ended during request \S+: exit status 0;/));
  });

  test('may be an ES module', async () => {
    expect(await invoke('module', 'any')).toEqual({ failed: false, answer: 'from a module' });
  });

  test('that cannot start fails every invocation with the reason', async () => {
    for (const event of [1, 2])
      expect(await invoke('broken', event)).toMatchObject({ failed: true, answer: { errorMessage: 'cannot start' } });
  });

  test('runs a lasting burst in at most four instances', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => invoke('slow', {})));
    const instances = new Set(answers.map(({ answer }) => answer));
    expect(instances.size).toBeGreaterThan(1);
    expect(instances.size).toBeLessThanOrEqual(4);
  });

  test('that is held waits until it is released', async () => {
    functions.named('echo').hold();
    const waiting = invoke('echo', 'held');
    expect(functions.named('echo').underWay()).toBe(1);
    functions.named('echo').release();
    expect((await waiting).answer.event).toBe('held');
  });

  test('that is killed comes back in a new instance', async () => {
    const before = await invoke('echo', 'before');
    await functions.named('echo').kill();
    const after = await invoke('echo', 'after');
    expect(after.answer).toMatchObject({ calls: 1 });
    expect(after.answer.instance).not.toBe(before.answer.instance);
  });

  test('that keeps failing on an event is retried, and then the event goes to the failure destination', async () => {
    expect((await functions.invokeAsEvent('moody', '"throw"')).failed).toBe(true);
    expect(destinations).toEqual([{ arn: 'arn:of:dead', body: expect.stringContaining('"requestPayload":"throw"') }]);
  });
});
