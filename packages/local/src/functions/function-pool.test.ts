import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type FunctionPool, functionPool, idleMillis } from './function-pool.ts';
import { type ManualTime, manualTime } from '../testing/manual-time.ts';
import type { HandedInvocation } from './inside/run-handler.ts';
import type { Runtime, RuntimeEvents, StartRuntime } from './runtime.ts';

const definition = {
  name: 'one',
  taskRoot: '/',
  handler: 'index.handler',
  timeoutMillis: 1000,
  memoryMegabytes: 128,
  environment: {},
};

/** A runtime that does what the test says, and dies a moment after it is killed, as processes and threads do. */
type Puppet = { readonly events: RuntimeEvents; readonly handed: HandedInvocation[]; isKilled: boolean };

describe('the instances of a function', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pool-'));
  const file = join(folder, 'log');
  let logFile = 0;
  let puppets: Puppet[] = [];
  let lines: string[] = [];
  let time: ManualTime;
  let pool: FunctionPool;

  beforeAll(() => {
    logFile = openSync(file, 'a');
  });
  afterAll(() => {
    closeSync(logFile);
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => {
    puppets = [];
    lines = [];
    time = manualTime();
    const start: StartRuntime = (_definition, _logFile, events): Runtime => {
      const puppet: Puppet = { events, handed: [], isKilled: false };
      puppets.push(puppet);
      return {
        hand: (invocation) => puppet.handed.push(invocation),
        usedMillis: async () => 0,
        kill: () => {
          puppet.isKilled = true;
        },
      };
    };
    pool = functionPool(definition, {
      start,
      logFile,
      log: (line) => lines.push(line),
      time,
      makeRoom: () => undefined,
      onSettled: () => undefined,
    });
  });

  const puppet = (index: number): Puppet => {
    const found = puppets[index];
    if (found === undefined) throw new Error(`instance ${index} was not started; there are ${puppets.length}`);
    return found;
  };
  const answer = (index: number, payload = '"fine"'): void => {
    puppet(index).events.onTaken();
    puppet(index).events.onSettled({ payload, failed: false });
    puppet(index).events.onNext();
  };
  /** One invocation, answered, after which an idle instance is left. */
  const warm = async (): Promise<void> => {
    const outcome = pool.invoke('1');
    puppet(0).events.onNext();
    answer(0);
    await outcome;
  };

  test('that are being reaped get no new invocation: another instance answers it', async () => {
    await warm();
    await time.pass(idleMillis);
    expect(puppet(0).isKilled).toBe(true);
    const outcome = pool.invoke('2');
    puppet(0).events.onExit('signal: SIGKILL');
    puppet(1).events.onNext();
    answer(1, '"second"');
    expect(await outcome).toEqual({ payload: '"second"', failed: false });
    expect(puppet(0).handed).toHaveLength(1);
    expect(lines).toEqual([]);
  });

  test('are not reaped while one of them works', async () => {
    await warm();
    await time.pass(idleMillis - 1);
    const outcome = pool.invoke('2');
    await time.pass(1);
    expect(puppet(0).isKilled).toBe(false);
    answer(0);
    expect((await outcome).failed).toBe(false);
  });

  test('that die while idle fail no invocation, not even one that was on its way to them', async () => {
    await warm();
    const outcome = pool.invoke('2');
    expect(puppet(0).handed).toHaveLength(2);
    puppet(0).events.onExit('signal: SIGSEGV');
    puppet(1).events.onNext();
    answer(1);
    expect(await outcome).toEqual({ payload: '"fine"', failed: false });
    expect(lines).toEqual(['one ended while it was idle: signal: SIGSEGV; it is started again when it is needed']);
  });

  test('that die during an invocation fail it, and the log says how they died', async () => {
    const outcome = pool.invoke('1');
    puppet(0).events.onNext();
    puppet(0).events.onTaken();
    puppet(0).events.onExit('exit status 7');
    const { payload, failed } = await outcome;
    expect([failed, JSON.parse(payload)]).toEqual([
      true,
      {
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Runtime exited with error: exit status 7$/),
      },
    ]);
    expect(lines).toEqual([expect.stringMatching(/^one ended during request \S+: exit status 7; it is started again when it is needed$/)]);
    expect(readFileSync(file, 'utf8')).toContain(`ended during request ${puppet(0).handed[0]?.requestId}: exit status 7`);
  });

  test('that wait for ever are ended by the clock, and the error names that limit', async () => {
    const outcome = pool.invoke('1');
    puppet(0).events.onNext();
    puppet(0).events.onTaken();
    await time.pass(19_999);
    expect(puppet(0).isKilled).toBe(false);
    await time.pass(1);
    expect(puppet(0).isKilled).toBe(true);
    expect(JSON.parse((await outcome).payload)).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringContaining('Task timed out after 20.00 seconds by the clock (20 times its limit of 1.00 seconds'),
    });
  });

  test('that cannot become ready are given up, with the reason', async () => {
    const outcome = pool.invoke('1');
    await time.pass(200_000);
    expect(puppet(0).isKilled).toBe(true);
    puppet(0).events.onExit('signal: SIGKILL');
    expect(await outcome).toMatchObject({
      failed: true,
      payload: expect.stringContaining('Init timed out after 200.00 seconds by the clock'),
    });
  });

  test('grow in number only while a queue is not moving', async () => {
    const outcomes = Array.from({ length: 6 }, () => pool.invoke('1'));
    puppet(0).events.onNext();
    for (let answered = 0; answered < 3; answered += 1) {
      await time.pass(90);
      answer(0);
    }
    expect(puppets).toHaveLength(1);
    await time.pass(1000);
    expect(puppets).toHaveLength(2);
    puppet(1).events.onNext();
    answer(1);
    answer(1);
    answer(0);
    expect((await Promise.all(outcomes)).every(({ failed }) => !failed)).toBe(true);
  });

  test('are all ended at the stop, and waiting invocations fail', async () => {
    const outcome = pool.invoke('1');
    const stopped = pool.stop();
    expect((await outcome).payload).toContain('Local.Stopped');
    puppet(0).events.onExit('signal: SIGKILL');
    await stopped;
    await time.pass(idleMillis * 2);
    expect(puppets).toHaveLength(1);
  });
});
