import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { System } from '../assembly/system.ts';
import { nameInArn } from '../place.ts';
import type { FunctionDefinition, Outcome } from './function-instance.ts';
import { type FunctionPool, functionPool } from './function-pool.ts';

/** Every function of the system, by name. */
export type Functions = {
  readonly all: readonly FunctionPool[];
  /** @throws when no function has that name, ARN or ARN suffix */
  readonly named: (nameOrArn: string) => FunctionPool;
  /** Invokes as an event: tried again when it fails, then handed to the function's failure destination. */
  readonly invokeAsEvent: (nameOrArn: string, payload: string) => Promise<Outcome>;
  readonly eventsUnderWay: () => number;
  readonly stop: () => Promise<void>;
};

type Options = {
  readonly logsFolder: string;
  readonly runtimeAddress: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly onSettled: () => void;
  readonly sendToDestination: (arn: string, body: string) => void;
};

/** Short, so that nobody watching has to wait: an account waits a minute, then two. */
const retryMillis = 500;

export function startFunctions(
  system: System,
  { logsFolder, runtimeAddress, environment, onSettled, sendToDestination }: Options,
): Functions {
  mkdirSync(logsFolder, { recursive: true });
  const logFiles: number[] = [];
  let eventsUnderWay = 0;
  const pools = new Map(
    system.functions.map((described): [string, FunctionPool] => {
      const logFile = openSync(join(logsFolder, `${described.name}.log`), 'a');
      logFiles.push(logFile);
      return [described.name, functionPool(definitionOf(described, environment), { runtimeAddress, logFile, onSettled })];
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
    stop: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.stop()));
      for (const file of logFiles) closeSync(file);
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

function failureRecord(name: string, payload: string, outcome: Outcome): string {
  return JSON.stringify({
    version: '1.0',
    timestamp: new Date().toISOString(),
    requestContext: { functionArn: name, condition: 'RetriesExhausted' },
    requestPayload: JSON.parse(payload),
    responsePayload: JSON.parse(outcome.payload),
  });
}
