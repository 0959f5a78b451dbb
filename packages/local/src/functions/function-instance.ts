import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { arnOf } from '../account-and-region.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { failure, type Outcome } from './outcome.ts';
import type { StartRuntime } from './runtime.ts';
import { clockAllowance, type Timekeeper, watchLimit } from './time-limit.ts';

export type Invocation = {
  readonly payload: string;
  readonly settle: (outcome: Outcome) => void;
  /** Told when an instance begins with it: asks for the processor time that it has used so far, in milliseconds. */
  readonly onBegin: (usedMillis: () => Promise<number>) => void;
};

/** One process or thread of a function; it runs one invocation at a time. */
export type Instance = {
  readonly isIdle: () => boolean;
  readonly isStarting: () => boolean;
  readonly run: (invocation: Invocation) => void;
  /** Ends it on purpose; what it had in hand fails. @returns when it has ended */
  readonly kill: () => Promise<void>;
};

/** How an instance ended. */
type Ending = {
  /** Why it could not start, as a payload; only when it never became ready. */
  readonly initError: string | undefined;
  /** What was handed to it and never arrived there: another instance may run it. */
  readonly untaken: Invocation | undefined;
};

type Surroundings = {
  readonly start: StartRuntime;
  readonly logFile: number;
  readonly log: (line: string) => void;
  readonly time: Timekeeper;
  readonly onIdle: () => void;
  readonly onGone: (ending: Ending) => void;
};

/** As in Lambda: a bundle that is not loaded after this is given up. */
const initMillis = 10_000;

type Current = { readonly invocation: Invocation; readonly endWatch: () => void; isTaken: boolean };

/** Starts an instance; what happens to its invocations is the same in a process and in a thread. */
export function startInstance(definition: FunctionDefinition, { start, logFile, log, time, onIdle, onGone }: Surroundings): Instance {
  const state = { isReady: false, isStarting: true, isKilled: false, lastRequest: '' };
  let current: Current | undefined;
  let initError: string | undefined;
  let usedWhenReady: number | undefined;
  const { promise: gone, resolve: resolveGone } = Promise.withResolvers<void>();
  const say = (line: string): void => void writeSync(logFile, `${new Date().toISOString()} ${line}\n`);
  const settle = (outcome: Outcome): void => {
    const finished = current;
    current = undefined;
    finished?.endWatch();
    finished?.invocation.settle(outcome);
  };
  const kill = (): void => {
    state.isKilled = true;
    state.isReady = false;
    runtime.kill();
  };
  const onExit = (how: string): void => {
    endInitWatch();
    const doing = state.isStarting
      ? 'while it started'
      : state.isReady || current?.isTaken === false
        ? 'while it was idle'
        : `${current === undefined ? 'after' : 'during'} request ${state.lastRequest}`;
    const untaken = current?.isTaken === false ? current.invocation : undefined;
    state.isReady = false;
    if (!state.isKilled && initError === undefined) {
      log(`${definition.name} ended ${doing}: ${how}; it is started again when it is needed`);
      say(`ended ${doing}: ${how}`);
    }
    if (untaken !== undefined) {
      current?.endWatch();
      current = undefined;
    }
    settle(failure('Runtime.ExitError', `RequestId: ${state.lastRequest} Error: Runtime exited with error: ${how}`));
    resolveGone();
    const whyNotStarted = initError ?? failure('Runtime.ExitError', `Runtime exited during start: ${how}`).payload;
    onGone({ initError: state.isStarting && !(state.isKilled && initError === undefined) ? whyNotStarted : undefined, untaken });
  };
  const runtime = start(definition, logFile, {
    onNext: (usedMillis) => {
      endInitWatch();
      usedWhenReady = usedMillis;
      state.isStarting = false;
      state.isReady = !state.isKilled;
      if (state.isReady) onIdle();
    },
    onTaken: () => {
      if (current !== undefined) current.isTaken = true;
    },
    onSettled: settle,
    onInitError: (payload) => {
      initError = payload;
    },
    onExit,
  });
  const endInitWatch = watchLimit(
    {
      limitMillis: initMillis,
      usedMillis: runtime.usedMillis,
      onReached: ({ text }) => {
        say(`Init timed out after ${text}`);
        initError = failure('Sandbox.Timedout', `Init timed out after ${text}`).payload;
        kill();
      },
    },
    time,
  );
  return {
    isIdle: () => state.isReady,
    isStarting: () => state.isStarting,
    kill: () => {
      kill();
      return gone;
    },
    run: (invocation) => {
      state.isReady = false;
      const requestId = randomUUID();
      const used = usedFromNow(runtime.usedMillis, usedWhenReady);
      const endWatch = watchLimit(
        {
          limitMillis: definition.timeoutMillis,
          usedMillis: used,
          onReached: ({ text }) => {
            say(`${requestId} Task timed out after ${text}`);
            settle(failure('Sandbox.Timedout', `RequestId: ${requestId} Error: Task timed out after ${text}`));
            kill();
          },
        },
        time,
      );
      state.lastRequest = requestId;
      current = { invocation, endWatch, isTaken: false };
      invocation.onBegin(used);
      runtime.hand({
        requestId,
        functionArn: arnOf('lambda', `function:${definition.name}`),
        payload: invocation.payload,
        processorMillis: definition.timeoutMillis,
        clockMillis: definition.timeoutMillis * clockAllowance,
      });
    },
  };
}

/** @param before what was used by now, where it is known; it is asked for otherwise */
function usedFromNow(usedMillis: () => Promise<number>, before?: number): () => Promise<number> {
  const usedBefore = before ?? usedMillis().catch(() => 0);
  return async () => (await usedMillis()) - (await usedBefore);
}
