import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAssembly } from '../assembly/read-assembly.ts';
import { resolveStacks } from '../assembly/resolve-stacks.ts';
import { readSystem } from '../assembly/system.ts';
import { close, listen } from '../endpoint/listen.ts';
import { createServiceServer, type Services } from '../endpoint/service-server.ts';
import { createLocalIssuer } from '../issuer/local-issuer.ts';
import { functionResource, writeAssembly } from '../small-assembly.ts';
import { type Functions, startFunctions } from './functions.ts';
import { runtimePath } from './runtime-api.ts';

const bundles = {
  echo: "let calls = 0; exports.handler = async (event) => { console.log('heard', event); calls += 1; return { event, calls, pid: process.pid }; };",
  environment:
    'exports.handler = async (event, context) => ({ env: process.env, id: context.awsRequestId, left: context.getRemainingTimeInMillis() });',
  moody: `exports.handler = async (mood) => {
    if (mood === 'throw') throw new TypeError('no mood');
    if (mood === 'exit') process.exit(7);
    if (mood === 'sleep') await new Promise((resolve) => setTimeout(resolve, 60000));
    return 'fine'; };`,
  broken: "throw new Error('cannot start');",
  slow: 'exports.handler = () => new Promise((resolve) => setTimeout(() => resolve(process.pid), 250));',
};

describe('a function', () => {
  const folder = mkdtempSync(join(tmpdir(), 'functions-'));
  const destinations: { arn: string; body: string }[] = [];
  let server: Server;
  let functions: Functions;

  beforeAll(async () => {
    const resources = {
      ...Object.fromEntries(
        Object.keys(bundles).map((name) => [
          name,
          functionResource(name, name, { Timeout: name === 'moody' ? 1 : 10, Environment: { Variables: { OWN: 'value' } } }),
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
    const system = readSystem(resolveStacks(readAssembly(assembly), { apiUrl: '', queueUrl: (name) => name }));
    const behind: { services?: Services } = {};
    server = createServiceServer(() => behind.services);
    const address = await listen(server, 0);
    functions = startFunctions(system, {
      logsFolder: join(folder, 'logs'),
      runtimeAddress: `${address.replace('http://', '')}${runtimePath}`,
      environment: { AWS_REGION: 'eu-central-1' },
      onSettled: () => undefined,
      sendToDestination: (arn, body) => destinations.push({ arn, body }),
    });
    behind.services = { functions, issuer: await createLocalIssuer(address, []), operations: {}, mailFolder: folder };
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

  test('runs in one warm process that keeps its state, and logs to its own file', async () => {
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
    expect(answer.left).toBeGreaterThan(5000);
  });

  test.each([
    ['throws', 'throw', { errorType: 'TypeError', errorMessage: 'no mood' }],
    ['ends its process', 'exit', { errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining('exit status 7') }],
    ['takes too long', 'sleep', { errorType: 'Sandbox.Timedout', errorMessage: expect.stringContaining('timed out after 1.00 seconds') }],
  ])('that %s fails its invocation and works again for the next', async (_, mood, error) => {
    expect(await invoke('moody', mood)).toMatchObject({ failed: true, answer: error });
    expect(await invoke('moody', 'good')).toEqual({ failed: false, answer: 'fine' });
  });

  test('that cannot start fails every invocation with the reason', async () => {
    for (const event of [1, 2])
      expect(await invoke('broken', event)).toMatchObject({ failed: true, answer: { errorMessage: 'cannot start' } });
  });

  test('runs a lasting burst in at most four processes', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => invoke('slow', {})));
    const processes = new Set(answers.map(({ answer }) => answer));
    expect(processes.size).toBeGreaterThan(1);
    expect(processes.size).toBeLessThanOrEqual(4);
  });

  test('that is held waits until it is released', async () => {
    functions.named('echo').hold();
    const waiting = invoke('echo', 'held');
    expect(functions.named('echo').underWay()).toBe(1);
    functions.named('echo').release();
    expect((await waiting).answer.event).toBe('held');
  });

  test('that is killed comes back in a new process', async () => {
    const before = await invoke('echo', 'before');
    await functions.named('echo').kill();
    const after = await invoke('echo', 'after');
    expect(after.answer).toMatchObject({ calls: 1 });
    expect(after.answer.pid).not.toBe(before.answer.pid);
  });

  test('that keeps failing on an event is tried again, then the event goes to its failure destination', async () => {
    expect((await functions.invokeAsEvent('moody', '"throw"')).failed).toBe(true);
    expect(destinations).toEqual([{ arn: 'arn:of:dead', body: expect.stringContaining('"requestPayload":"throw"') }]);
  });
});
