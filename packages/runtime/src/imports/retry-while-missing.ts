/**
 * Reads what rows are judged by, and again after a while where something is missing: an import may begin before the service has heard
 * of the reps and processes that its rows name.
 */
export type RetryWhileMissing = <Found>(read: () => Promise<Found>, isMissing: (found: Found) => boolean) => Promise<Found>;

const waits: readonly number[] = [1000, 2000, 3000, 4000, 5000, 5000];

/** RetryWhileMissing for one run of a job: what nobody ever tells is waited for once, not for each chunk of a long file. */
export const retryWhileMissing = (delay: (millis: number) => Promise<void>): RetryWhileMissing => {
  const left = [...waits];
  return async (read, isMissing) => {
    let found = await read();
    while (left.length > 0 && isMissing(found)) {
      await delay(left.shift() ?? 0);
      found = await read();
    }
    return found;
  };
};
