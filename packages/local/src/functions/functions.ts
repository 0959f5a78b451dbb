import { closeSync, mkdirSync, openSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import * as z from 'zod';
import type { System } from '../assembly/system.ts';
import { nameInArn } from '../account-and-region.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { type FunctionPool, functionPool } from './function-pool.ts';
import { writePrograms } from './write-programs.ts';
import type { Outcome } from './outcome.ts';
import { processRuntimes } from './process-runtime.ts';
import { threadRuntimes } from './thread-runtime.ts';
import { machineTime } from './time-limit.ts';

/** How functions run: in threads of this process, or as deployed, each in a process that speaks Lambda's Runtime API. */
export type RunFunctionsIn = 'threads' | 'processes';

/** Every function of the system, by name. */
export type Functions = {
  readonly all: readonly FunctionPool[];
  /** @throws when no function has that name, ARN or ARN suffix */
  readonly named: (nameOrArn: string) => FunctionPool;
  /** Invokes as an event: tried again when it fails, then handed to the function's failure destination. */
  readonly invokeAsEvent: (nameOrArn: string, payload: string) => Promise<Outcome>;
  readonly eventsUnderWay: () => number;
  /** Answers a call of a function's process to the Runtime API. */
  readonly answerRuntimeApi: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  readonly stop: () => Promise<void>;
};

type Options = {
  readonly runIn: RunFunctionsIn;
  readonly logsFolder: string;
  /** Where the programs that run inside instances are laid down. */
  readonly runtimeFolder: string;
  /** `host:port/path` at which `answerRuntimeApi` is reached. */
  readonly runtimeAddress: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly log: (line: string) => void;
  readonly onSettled: () => void;
  readonly sendToDestination: (arn: string, body: string) => void;
};

/** Short, so that nobody watching has to wait: an account waits a minute, then two. */
const retryMillis = 500;
/**
 * An instance takes 25 to 60 MB. Beyond this many the function that was idle for longest makes room, so that all stay below a gigabyte.
 * A start costs a quarter of a second of the processor: where memory is plenty, `LOCAL_MOST_INSTANCES` allows more of them.
 */
const maxInstances = z.coerce
  .number()
  .int()
  .min(4)
  .default(16)
  .parse(process.env['LOCAL_MOST_INSTANCES'] || undefined);

export function startFunctions(system: System, options: Options): Functions {
  const { runIn, logsFolder, runtimeFolder, runtimeAddress, environment, log, onSettled, sendToDestination } = options;
  mkdirSync(logsFolder, { recursive: true });
  const programs = writePrograms(runtimeFolder);
  const processes = processRuntimes(programs.process, runtimeAddress);
  const start = runIn === 'processes' ? processes.start : threadRuntimes(programs.thread, join(runtimeFolder, 'compiled'));
  const zone = runIn === 'threads' ? fixZone() : undefined;
  const makeRoom = (): void => {
    const all = [...pools.values()];
    if (all.reduce((sum, pool) => sum + pool.instances(), 0) < maxInstances) return;
    const [oldest] = all.filter((pool) => pool.idleSince() !== undefined).toSorted((a, b) => (a.idleSince() ?? 0) - (b.idleSince() ?? 0));
    void oldest?.reap();
  };
  const logFiles: number[] = [];
  let eventsUnderWay = 0;
  const pools = new Map(
    system.functions.map((described): [string, FunctionPool] => {
      const logFile = openSync(join(logsFolder, `${described.name}.log`), 'a');
      logFiles.push(logFile);
      return [
        described.name,
        functionPool(definitionOf(described, environment), { start, logFile, log, time: machineTime, makeRoom, onSettled }),
      ];
    }),
  );
  const named = (nameOrArn: string): FunctionPool => {
    const pool = pools.get(nameInArn(nameOrArn));
    if (pool === undefined) throw new Error(`${nameOrArn}: no such function; there are ${[...pools.keys()].join(', ')}`);
    return pool;
  };
  const handOver = (name: string, payload: string, outcome: Outcome): void => {
    const config = system.invokeConfigs.find(({ properties }) => nameInArn(properties.FunctionName) === name)?.properties;
    const deadLetters = system.functions.find((described) => described.name === name)?.properties.DeadLetterConfig?.TargetArn;
    const destination = config?.DestinationConfig?.OnFailure?.Destination;
    if (destination !== undefined) sendToDestination(destination, failureRecord(name, payload, outcome));
    else if (deadLetters !== undefined) sendToDestination(deadLetters, payload);
  };
  return {
    all: [...pools.values()],
    named,
    invokeAsEvent: async (nameOrArn, payload) => {
      const pool = named(nameOrArn);
      const config = system.invokeConfigs.find(({ properties }) => nameInArn(properties.FunctionName) === pool.name)?.properties;
      eventsUnderWay += 1;
      try {
        let outcome = await pool.invoke(payload);
        for (let retry = 0; outcome.failed && retry < (config?.MaximumRetryAttempts ?? 2); retry += 1) {
          await new Promise((resolve) => setTimeout(resolve, retryMillis).unref());
          outcome = await pool.invoke(payload);
        }
        if (outcome.failed) handOver(pool.name, payload, outcome);
        return outcome;
      } finally {
        eventsUnderWay -= 1;
      }
    },
    eventsUnderWay: () => eventsUnderWay,
    answerRuntimeApi: processes.answer,
    stop: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.stop()));
      for (const file of logFiles) closeSync(file);
      zone?.();
    },
  };
}

function definitionOf(described: System['functions'][number], environment: Readonly<Record<string, string>>): FunctionDefinition {
  const { path, name, properties, assetFolders } = described;
  const taskRoot = assetFolders.get(properties.Code.S3Key);
  if (taskRoot === undefined) throw new Error(`${path}: the assembly has no asset ${properties.Code.S3Key}`);
  return {
    name,
    taskRoot,
    handler: properties.Handler,
    timeoutMillis: properties.Timeout * 1000,
    memoryMegabytes: properties.MemorySize,
    environment: { ...environment, ...properties.Environment?.Variables },
  };
}

/** Lambda runs in UTC. Threads share the time zone of their process, so all of it gets it. @returns what sets the former one again */
function fixZone(): () => void {
  const former = process.env['TZ'];
  process.env['TZ'] = 'UTC';
  return () => {
    if (former === undefined) delete process.env['TZ'];
    else process.env['TZ'] = former;
  };
}

function failureRecord(name: string, payload: string, outcome: Outcome): string {
  return JSON.stringify({
    version: '1.0',
    timestamp: new Date().toISOString(),
    requestContext: { functionArn: name, condition: 'RetriesExhausted' },
    requestPayload: JSON.parse(payload),
    responsePayload: JSON.parse(outcome.payload),
  });
}
