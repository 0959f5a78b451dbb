import { whileMoving, type Waiting } from './while-moving.ts';

/** How much was done and is left; `moved` only grows. `isRunning`: a function runs now. */
export type Movement = { readonly moved: number; readonly left: number; readonly isRunning: boolean };

/** Something that may have work under way. */
export type Busy = {
  /** What is still being done, one line each. */
  readonly work: () => readonly string[];
  /** Asked only when nothing else has work, because it costs requests to the database. */
  readonly isDrained: () => Promise<boolean>;
  readonly movement: () => Movement;
};

export type QuietOptions = Partial<Pick<Waiting, 'stillMillis' | 'now' | 'pause'>> & {
  /** Called at every check, for programs that show progress. */
  readonly onLook?: ((movement: Movement) => void) | undefined;
};

const quietLooksInARow = 2;

/**
 * Returns when nothing is under way in two checks in a row: what is read from a stream may start new work.
 * @throws after `stillMillis` (60 s) in which nothing was delivered or finished, naming what stands still
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
