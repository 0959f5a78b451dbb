/** Where time comes from: the clock and timers of this machine, or of a test. */
export type Timekeeper = {
  /** Milliseconds that only ever grow. */
  readonly now: () => number;
  /** Calls back once after so many milliseconds. @returns what calls it off */
  readonly after: (millis: number, act: () => void) => () => void;
};

export const machineTime: Timekeeper = {
  now: () => performance.now(),
  after: (millis, act) => {
    const timer = setTimeout(act, millis);
    return () => clearTimeout(timer);
  },
};

/**
 * A limit of one second lets twenty seconds pass by the clock. A handler computes for a fraction of its limit, so that even with a
 * twentieth of a processor it is slow and does not fail; one that waits for what never comes still ends.
 */
export const clockAllowance = 20;

/** The two ways in which a limit is reached, and the words for it. */
export type Reached = { readonly by: 'processor' | 'clock'; readonly text: string };

/** A limit is looked at again after at least this long: one that is nearly used up needs no closer look. */
const shortestLookMillis = 20;

const inSeconds = (millis: number): string => (millis / 1000).toFixed(2);

const reached = (by: Reached['by'], limitMillis: number): Reached => ({
  by,
  text:
    by === 'processor'
      ? `${inSeconds(limitMillis)} seconds of processor time`
      : `${inSeconds(limitMillis * clockAllowance)} seconds by the clock (${clockAllowance} times its limit of ${inSeconds(limitMillis)} seconds of processor time)`,
});

type Limit = {
  readonly limitMillis: number;
  /** Processor time used so far, in milliseconds; may stay unanswered while the instance cannot be asked. */
  readonly usedMillis: () => Promise<number>;
  readonly onReached: (reached: Reached) => void;
};

/**
 * Watches work that may use `limitMillis` of processor time, or `clockAllowance` times as much by the clock.
 * @returns what ends the watch; it calls back at most once
 */
export function watchLimit({ limitMillis, usedMillis, onReached }: Limit, time: Timekeeper): () => void {
  const begin = time.now();
  const clockMillis = limitMillis * clockAllowance;
  const state = { over: false };
  const cancels = new Set<() => void>();
  const end = (): void => {
    state.over = true;
    for (const cancel of cancels) cancel();
    cancels.clear();
  };
  const conclude = (by: Reached['by']): void => {
    if (state.over) return;
    end();
    onReached(reached(by, limitMillis));
  };
  const later = (millis: number, act: () => void): void => {
    const cancel = time.after(millis, () => {
      cancels.delete(cancel);
      act();
    });
    cancels.add(cancel);
  };
  const look = async (): Promise<void> => {
    // Who cannot be asked is ending; the clock bounds that as well.
    const used = await usedMillis().catch(() => 0);
    if (state.over) return;
    if (used >= limitMillis) return conclude('processor');
    later(Math.max(limitMillis - used, shortestLookMillis), () => void look());
  };
  later(clockMillis, () => conclude('clock'));
  // Nobody can use more processor time than passes by the clock on one thread.
  later(Math.min(limitMillis, clockMillis - (time.now() - begin)), () => void look());
  return end;
}
