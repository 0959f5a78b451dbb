import { setTimeout } from 'node:timers/promises';

/** One check of something that is waited for. */
type Look = {
  readonly isDone: boolean;
  /** Grows whenever something was delivered or finished. */
  readonly moved: number;
  /** Whether a function is at work: it has a time limit of its own, and nothing can be counted before it has ended. */
  readonly isRunning: boolean;
};

export type Waiting = {
  readonly look: () => Promise<Look>;
  /** What is still to be done, one line each; asked once, when it stands still. */
  readonly standsStill: () => readonly string[];
  /** Time without any movement after which the waiting ends; a minute where it is not given. */
  readonly stillMillis?: number | undefined;
  /** The pauses between looks grow up to this; 100 ms where it is not given. */
  readonly longestPauseMillis?: number;
  /** A clock that only goes forward, in milliseconds. */
  readonly now?: () => number;
  readonly pause?: (millis: number) => Promise<void>;
};

const defaultStillMillis = 60_000;
const shortestPauseMillis = 10;
const defaultPauseMillis = 100;
/** A late check means that the machine was busy, not that the work stood still. */
const maxMillisOfALook = 1000;
/** A single piece of work may take so many times as long as the time without movement. */
const patienceWithRunning = 10;

/**
 * Returns when a check says that it is done. Goes on as long as something moves, however slowly.
 * @throws after `stillMillis` without any movement, naming what stands still
 */
export async function whileMoving({
  look,
  standsStill,
  stillMillis = defaultStillMillis,
  longestPauseMillis = defaultPauseMillis,
  now = () => performance.now(),
  pause = (millis) => setTimeout(millis),
}: Waiting): Promise<void> {
  let [moved, still, lookedAt, pauseMillis] = [Number.NaN, 0, now(), shortestPauseMillis];
  for (;;) {
    const seen = await look();
    if (seen.isDone) return;
    const since = Math.min(now() - lookedAt, maxMillisOfALook);
    lookedAt = now();
    still = seen.moved === moved ? still + (seen.isRunning ? since / patienceWithRunning : since) : 0;
    if (still >= stillMillis) throw new Error(`nothing has moved for ${stillMillis / 1000} s: ${standsStill().join('; ')}`);
    moved = seen.moved;
    await pause(pauseMillis);
    pauseMillis = Math.min(pauseMillis * 2, longestPauseMillis);
  }
}
