import { type FunctionDefinition, type Instance, type Invocation, type Outcome, startInstance } from './function-instance.ts';

/** All running processes of one function and the invocations that wait for one. */
export type FunctionPool = {
  readonly name: string;
  readonly invoke: (payload: string) => Promise<Outcome>;
  readonly instance: (id: string) => Instance | undefined;
  /** Invocations that run or wait. */
  readonly underWay: () => number;
  readonly isHeld: () => boolean;
  readonly hold: () => void;
  readonly release: () => void;
  readonly onRelease: (listener: () => void) => void;
  readonly kill: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

type Options = {
  readonly runtimeAddress: string;
  readonly logFile: number;
  readonly onSettled: () => void;
};

const maximumInstances = 4;
const idleMillis = 60_000;
/** Another process is started only when the running ones leave an invocation waiting this long: a start costs more than most invocations. */
const patienceMillis = 100;

/** A function that runs in up to four processes, started on first use and reaped when idle. */
export function functionPool(definition: FunctionDefinition, { runtimeAddress, logFile, onSettled }: Options): FunctionPool {
  const instances = new Map<string, Instance>();
  const waiting: Invocation[] = [];
  const releaseListeners: (() => void)[] = [];
  let running = 0;
  const state = { held: false, stopped: false };
  let growth: NodeJS.Timeout | undefined;
  let reaper: NodeJS.Timeout | undefined;

  const start = (): void => {
    const instance: Instance = startInstance(definition, runtimeAddress, logFile, {
      onIdle: () => pump(),
      onGone: (initError) => {
        instances.delete(instance.id);
        // An instance that dies while starting fails the invocation it was started for, as in an account; the next one tries again.
        if (initError !== undefined) waiting.shift()?.settle({ payload: initError, failed: true });
        if (!state.stopped) pump();
      },
    });
    instances.set(instance.id, instance);
  };
  const grow = (): void => {
    const all = [...instances.values()];
    if (all.length === 0) start();
    else if (all.length < maximumInstances && growth === undefined && !all.some((instance) => instance.isStarting())) {
      growth = setTimeout(() => {
        growth = undefined;
        if (waiting.length > 0 && !state.held && !state.stopped) start();
      }, patienceMillis);
    }
  };
  const pump = (): void => {
    while (!state.held && waiting.length > 0) {
      const idle = [...instances.values()].find((instance) => instance.isIdle());
      if (idle === undefined) return grow();
      const next = waiting.shift();
      if (next !== undefined) idle.run(next);
    }
  };
  const killAll = async (): Promise<void> => {
    const all = [...instances.values()];
    for (const instance of all) instance.kill();
    await Promise.all(all.map((instance) => instance.gone));
  };
  const reapLater = (): void => {
    clearTimeout(reaper);
    reaper = setTimeout(() => running === 0 && void killAll(), idleMillis).unref();
  };

  return {
    name: definition.name,
    invoke: (payload) =>
      new Promise((resolve) => {
        running += 1;
        const settle = (outcome: Outcome): void => {
          running -= 1;
          reapLater();
          resolve(outcome);
          onSettled();
        };
        waiting.push({ payload, settle });
        pump();
      }),
    instance: (id) => instances.get(id),
    underWay: () => running,
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
    kill: killAll,
    stop: async () => {
      state.stopped = true;
      clearTimeout(growth);
      clearTimeout(reaper);
      for (const { settle } of waiting.splice(0)) settle({ payload: '{"errorType":"Local.Stopped"}', failed: true });
      await killAll();
    },
  };
}
