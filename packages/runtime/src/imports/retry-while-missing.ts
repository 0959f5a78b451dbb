/**
 * Reads what rows refer to, and reads again after a while if something is missing: an import may begin before the service has received the
 * reps and processes that its rows name.
 */
export type RetryWhileMissing = <Found>(read: () => Promise<Found>, isMissing: (found: Found) => boolean) => Promise<Found>;

const waits: readonly number[] = [1000, 2000, 3000, 4000, 5000, 5000];

/** The waits of one run of a job: what never arrives is waited for once, not for each chunk of a long file. */
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
