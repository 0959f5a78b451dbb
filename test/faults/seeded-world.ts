import { AsyncLocalStorage } from 'node:async_hooks';
import { seeded, type Random } from '@meilenstein/demo/company/random';

/** What an invocation answers that was killed before it could. */
const killed = { killed: true } as const;

export type World = {
  readonly random: Random;
  /** whether something of this probability happens now */
  readonly happens: (probability: number) => boolean;
  /** an await point: comes back when the seed says so, and never to an invocation that is killed here */
  readonly turn: () => Promise<void>;
  /** runs one invocation of a function, which may be killed at any of its turns: then nothing of it runs on, not even a `catch` */
  readonly invoke: <Out>(work: () => Promise<Out>) => Promise<Out | typeof killed>;
  /** the probability of being killed at a turn, from now on */
  readonly killWith: (probability: number) => void;
  /** how many invocations were killed */
  readonly kills: () => number;
};

type Invocation = { readonly isKilled: () => boolean; readonly kill: () => void };

// One for each who waits: a shared one would keep everybody who ever waited.
const never = (): Promise<never> => new Promise<never>(() => undefined);

/**
 * Everything that happens at once in one process, in an order that the seed decides: of all that wait for a turn one goes on, and the
 * next is chosen when it waits again. The same seed gives the same run.
 */
export const seededWorld = (seed: number): World => {
  const random = seeded(seed);
  const running = new AsyncLocalStorage<Invocation>();
  const waiting: (() => void)[] = [];
  let isPumping = false;
  let deadly = 0;
  let kills = 0;

  const pump = (): void => {
    const index = Math.floor(random() * waiting.length);
    const chosen = waiting[index];
    const last = waiting.pop();
    if (last !== undefined && index < waiting.length) waiting[index] = last;
    chosen?.();
    isPumping = waiting.length > 0;
    if (isPumping) setImmediate(pump);
  };

  const happens = (probability: number): boolean => probability > 0 && random() < probability;

  return {
    random,
    happens,
    killWith: (probability) => {
      deadly = probability;
    },
    kills: () => kills,
    turn: async () => {
      const invocation = running.getStore();
      if (invocation !== undefined && !invocation.isKilled() && happens(deadly)) invocation.kill();
      if (invocation?.isKilled() === true) return never();
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        if (!isPumping) setImmediate(pump);
        isPumping = true;
      });
      return invocation?.isKilled() === true ? never() : undefined;
    },
    invoke: (work) =>
      new Promise((resolve, reject) => {
        let isDead = false;
        const kill = (): void => {
          isDead = true;
          kills += 1;
          resolve(killed);
        };
        running.run({ isKilled: () => isDead, kill }, () => void work().then(resolve, reject));
      }),
  };
};
