import { settingsReachAllMillis } from '@meilenstein/contracts';
import * as z from 'zod';

const stepMillis = 500;

const refusal = z.object({ refused: z.object({ code: z.string() }) });

/**
 * A handler that asks again before it refuses for a setting that is not known here: what `PUT /settings` answered may still be on its way. A
 * refusal writes nothing, so asking again does no harm. What is not known after the time that settings take is refused.
 */
export const onceKnown =
  (delay: (millis: number) => Promise<void>, codes: readonly string[]) =>
  <Request, Answer>(handle: (request: Request) => Promise<Answer>) =>
  async (request: Request): Promise<Answer> => {
    let answer = await handle(request);
    for (let waited = 0; waited < settingsReachAllMillis; waited += stepMillis) {
      const code = refusal.safeParse(answer).data?.refused.code;
      if (code === undefined || !codes.includes(code)) return answer;
      await delay(stepMillis);
      answer = await handle(request);
    }
    return answer;
  };
