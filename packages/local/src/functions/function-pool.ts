import type { FunctionDefinition } from './function-definition.ts';
import { type Instance, type Invocation, startInstance } from './function-instance.ts';
import type { Outcome } from './outcome.ts';
import type { StartRuntime } from './runtime.ts';
import type { Timekeeper } from './time-limit.ts';

/** An invocation that was accepted. */
export type AcceptedInvocation = {
  readonly outcome: Promise<Outcome>;
  /** Processor time that it has used so far, in milliseconds; 0 while it waits for an instance. */
  readonly usedMillis: () => Promise<number>;
};

/** All running instances of one function and the invocations that wait for one. */
export type FunctionPool = {
  readonly name: string;
  readonly begin: (payload: string) => AcceptedInvocation;
  readonly invoke: (payload: string) => Promise<Outcome>;
  /** Invocations that run or wait. */
  readonly underWay: () => number;
  readonly instances: () => number;
  /** When it had its last invocation, while it has an instance and nothing to do. */
  readonly idleSince: () => number | undefined;
  /** Ends its idle instances; an invocation that comes meanwhile gets another one. */
  readonly reap: () => Promise<void>;
  readonly isHeld: () => boolean;
  readonly hold: () => void;
  readonly release: () => void;
  readonly onRelease: (listener: () => void) => void;
  /** Ends every instance at once; what they ran fails. */
  readonly kill: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

type Options = {
  readonly start: StartRuntime;
  readonly logFile: number;
  readonly log: (line: string) => void;
  readonly time: Timekeeper;
  /** Called before an instance is started. */
  readonly makeRoom: () => void;
  readonly onSettled: () => void;
};

const maximumInstances = 4;
/** An idle function keeps its instance this long. */
export const idleMillis = 60_000;
/** Another instance is started only when none of the running ones has finished anything for this long: a start costs more than ten invocations. */
const patienceMillis = 500;

/** A function that runs in up to four instances, started on first use and reaped when idle. */
export function functionPool(definition: FunctionDefinition, options: Options): FunctionPool {
  const { makeRoom, onSettled, time } = options;
  const instances = new Set<Instance>();
  const waiting: Invocation[] = [];
  const releaseListeners: (() => void)[] = [];
  const state = { held: false, stopped: false, running: 0, settled: 0, lastUse: 0 };
  let endGrowth: (() => void) | undefined;
  let endReaper: (() => void) | undefined;

  const start = (): void => {
    makeRoom();
    const instance = startInstance(definition, {
      ...options,
      onIdle: () => pump(),
      onGone: ({ initError, untaken }) => {
        instances.delete(instance);
        if (untaken !== undefined) waiting.unshift(untaken);
        // An instance that dies while starting fails the invocation it was started for, as in an account; the next one tries again.
        else if (initError !== undefined) waiting.shift()?.settle({ payload: initError, failed: true });
        if (state.stopped) giveUp();
        else pump();
      },
    });
    instances.add(instance);
  };
  const grow = (): void => {
    const all = [...instances];
    if (all.length === 0) return start();
    if (all.length >= maximumInstances || endGrowth !== undefined || all.some((instance) => instance.isStarting())) return;
    const { settled } = state;
    endGrowth = time.after(patienceMillis, () => {
      endGrowth = undefined;
      if (waiting.length === 0 || state.held || state.stopped) return;
      if (state.settled === settled) start();
      else grow();
    });
  };
  const pump = (): void => {
    while (!state.held && waiting.length > 0) {
      const idle = [...instances].find((instance) => instance.isIdle());
      if (idle === undefined) return grow();
      const next = waiting.shift();
      if (next !== undefined) idle.run(next);
    }
  };
  const giveUp = (): void => {
    for (const { settle } of waiting.splice(0)) settle({ payload: '{"errorType":"Local.Stopped"}', failed: true });
  };
  /** Out of the pool first: what is being ended gets nothing more to do. */
  const end = async (which: (instance: Instance) => boolean): Promise<void> => {
    const chosen = [...instances].filter(which);
    for (const instance of chosen) instances.delete(instance);
    await Promise.all(chosen.map((instance) => instance.kill()));
  };
  const reap = (): Promise<void> => end((instance) => instance.isIdle());
  const reapLater = (): void => {
    endReaper?.();
    endReaper = state.stopped ? undefined : time.after(idleMillis, () => void reap());
  };
  const begin = (payload: string): AcceptedInvocation => {
    const used = { millis: async (): Promise<number> => 0 };
    const { promise: outcome, resolve } = Promise.withResolvers<Outcome>();
    state.running += 1;
    waiting.push({
      payload,
      onBegin: (usedMillis) => {
        used.millis = usedMillis;
      },
      settle: (settled) => {
        state.running -= 1;
        state.settled += 1;
        state.lastUse = time.now();
        reapLater();
        resolve(settled);
        onSettled();
      },
    });
    if (state.stopped) giveUp();
    else pump();
    return { outcome, usedMillis: () => used.millis() };
  };

  return {
    name: definition.name,
    begin,
    invoke: (payload) => begin(payload).outcome,
    underWay: () => state.running,
    instances: () => instances.size,
    idleSince: () => (state.running === 0 && [...instances].some((instance) => instance.isIdle()) ? state.lastUse : undefined),
    reap,
    isHeld: () => state.held,
    hold: () => {
      state.held = true;
    },
    release: () => {
      state.held = false;
      pump();
      for (const listener of releaseListeners) listener();
    },
    onRelease: (listener) => releaseListeners.push(listener),
    kill: async () => {
      await end(() => true);
      pump();
    },
    stop: async () => {
      state.stopped = true;
      endGrowth?.();
      endReaper?.();
      giveUp();
      await end(() => true);
      endReaper?.();
    },
  };
}
