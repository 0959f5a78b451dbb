import { whileMoving } from '@meilenstein/local';
import { firstDifference } from './first-difference.ts';
import type { Clock, MovingCloud } from './until-answered.ts';
import type { ApiClient } from './api-client.ts';

/**
 * Makes sure that a document exists as given. One that exists already may come from this program, because an answer was lost or an earlier
 * start was interrupted: then it is read back, and completed if a part of it is missing.
 * @throws if it is refused, or if others change it all the time
 */
export const putDocument = async (
  { movement, clock }: MovingCloud & { readonly clock?: Clock },
  who: Pick<ApiClient, 'ask'>,
  path: string,
  body: unknown,
): Promise<void> => {
  const sent: unknown = JSON.parse(JSON.stringify(body));
  let difference = '';
  let ifMatch: string | undefined;
  await whileMoving({
    look: async () => {
      const about = ifMatch === undefined ? { create: true } : { ifMatch };
      const answer = await who.ask('PUT', path, { body, ...about });
      const { moved, isRunning } = movement();
      if (answer.status < 300) return { isDone: true, moved, isRunning };
      if (answer.status !== 412) throw new Error(`PUT ${path}: ${answer.status} ${answer.text}`);
      const found = await who.ask('GET', path);
      ifMatch = found.status === 200 ? found.etag : undefined;
      difference = found.status === 200 ? (firstDifference(sent, found.body) ?? '') : `it is not there (${found.status})`;
      return { isDone: difference === '', moved, isRunning };
    },
    standsStill: () => [`PUT ${path}: another document stays there: ${difference}`],
    longestPauseMillis: 1000,
    ...clock,
  });
};
