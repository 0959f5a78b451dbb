import { whileMoving, type Waiting } from './while-moving.ts';

/** How much was done and is left; `moved` only grows. `isRunning`: a function runs now. */
export type Movement = { readonly moved: number; readonly left: number; readonly isRunning: boolean };

/** Something that may have work under way. */
export type Busy = {
  /** What is still being done, one line each. */
  readonly work: () => readonly string[];
  /** Asked only when nobody has work, because it costs a look outside. */
  readonly isDrained: () => Promise<boolean>;
  readonly movement: () => Movement;
};

export type QuietOptions = Partial<Pick<Waiting, 'stillMillis' | 'now' | 'pause'>> & {
  /** Told at every look, for whoever shows progress. */
  readonly onLook?: ((movement: Movement) => void) | undefined;
};

const quietLooksInARow = 2;

/**
 * Comes back when nothing is under way, seen twice in a row: what is read from a stream may start new work.
 * @throws after `stillMillis` (60 s) in which nothing was delivered or settled, naming what stands still
 */
export function untilQuiet({ work, isDrained, movement }: Busy, { onLook, ...waiting }: QuietOptions = {}): Promise<void> {
  let quietLooks = 0;
  const isQuiet = async (): Promise<boolean> => work().length === 0 && (await isDrained()) && work().length === 0;
  return whileMoving({
    look: async () => {
      do quietLooks = (await isQuiet()) ? quietLooks + 1 : 0;
      while (quietLooks === 1);
      const now = movement();
      onLook?.(now);
      return { isDone: quietLooks >= quietLooksInARow, ...now };
    },
    standsStill: () => {
      const rest = work();
      return rest.length === 0 ? ['streams still bring records'] : rest;
    },
    ...waiting,
  });
}
