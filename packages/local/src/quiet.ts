/** Something that may have work under way. */
export type Busy = {
  /** What is still being done, one line each. */
  readonly work: () => readonly string[];
  /** Asked only when nobody has work, because it costs a look outside. */
  readonly isDrained: () => Promise<boolean>;
};

const pollMillis = 25;

/**
 * Comes back when nothing is under way, seen twice in a row: what is read from a stream may start new work.
 * @throws after `timeoutMillis`, naming what is still busy
 */
export async function untilQuiet({ work, isDrained }: Busy, timeoutMillis = 60_000): Promise<void> {
  const deadline = Date.now() + timeoutMillis;
  let quietLooks = 0;
  while (quietLooks < 2) {
    const isQuiet = work().length === 0 && (await isDrained()) && work().length === 0;
    quietLooks = isQuiet ? quietLooks + 1 : 0;
    if (isQuiet) continue;
    if (Date.now() > deadline) {
      const rest = work();
      throw new Error(`not quiet after ${timeoutMillis / 1000} s: ${rest.length === 0 ? 'streams still bring records' : rest.join('; ')}`);
    }
    await new Promise((resolve) => setTimeout(resolve, pollMillis));
  }
}
