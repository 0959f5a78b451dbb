import { whileMoving, type Cloud } from '@meilenstein/local';

/** What a slow machine answers although nothing is wrong with the request. */
const passing: readonly number[] = [429, 500, 502, 503, 504];
const longestPauseMillis = 5000;

export type MovingCloud = Pick<Cloud, 'movement'>;
export type Clock = { readonly now: () => number; readonly pause: (millis: number) => Promise<void> };

/**
 * Asks again, at growing intervals, where the connection was lost or the answer is one that passes (429, 500, 502 to 504), for as long
 * as something moves in the cloud. The request must be one that may come twice.
 * @param what names the request for the error, such as `PUT /settings`
 * @throws after a minute in which it failed and nothing moved, with the last failure
 */
export const untilAnswered = async <Answer extends { readonly status: number; readonly text?: string }>(
  cloud: MovingCloud,
  what: string,
  ask: () => Promise<Answer>,
  clock?: Clock,
): Promise<Answer> => {
  let failure = '';
  let answer: Answer | undefined;
  await whileMoving({
    look: async () => {
      try {
        const given = await ask();
        if (passing.includes(given.status)) failure = `${given.status} ${given.text ?? ''}`.trim();
        else answer = given;
      } catch (error) {
        failure = connectionFailure(error);
      }
      return { isDone: answer !== undefined, moved: cloud.movement().moved, isRunning: false };
    },
    standsStill: () => [`${what}: ${failure}`],
    longestPauseMillis,
    ...clock,
  });
  if (answer === undefined) throw new Error(`${what}: ${failure}`);
  return answer;
};

/** `fetch` says only that it failed; its cause says why. What is no failure of a connection is thrown on. */
const connectionFailure = (error: unknown): string => {
  if (!(error instanceof TypeError)) throw error;
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message;
};
