import type { Timekeeper } from '../functions/time-limit.ts';

/** Time for tests: it passes only when it is told to. */
export type ManualTime = Timekeeper & {
  /** Lets milliseconds pass; whatever is due by then is called in its order, and what it starts may finish first. */
  readonly pass: (millis: number) => Promise<void>;
};

export function manualTime(): ManualTime {
  const timers = new Set<{ readonly due: number; readonly act: () => void }>();
  let now = 0;
  return {
    now: () => now,
    after: (millis, act) => {
      const timer = { due: now + millis, act };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    pass: async (millis) => {
      const end = now + millis;
      for (;;) {
        const [next] = [...timers].filter(({ due }) => due <= end).toSorted((a, b) => a.due - b.due);
        if (next === undefined) break;
        timers.delete(next);
        now = next.due;
        next.act();
        await new Promise((resolve) => setImmediate(resolve));
      }
      now = end;
    },
  };
}
