import { runView, type RunView } from '@meilenstein/contracts';
import type { Cloud } from '@meilenstein/local';
import * as z from 'zod';
import { untilAnswered } from '../client/until-answered.ts';
import { apiClient } from '../client/api-client.ts';

/** Fires a schedule as if it were due at that time, again while it fails: a schedule's work may be done twice. @returns its answer */
export const runSchedule = async (cloud: Cloud, name: string, at: string): Promise<unknown> => {
  const { body } = await untilAnswered(cloud, `the schedule ${name}`, () =>
    cloud.runSchedule(`meilenstein-dev-${name}`, at).then(
      (answer) => ({ status: 200, text: '', body: answer }),
      (error: unknown) => ({ status: 500, text: error instanceof Error ? error.message : String(error), body: undefined }),
    ),
  );
  return body;
};

/** The Monday 05:00 in Berlin that was last, as the schedule would have called it. */
const lastMondayMorning = (now: number): string => {
  const date = new Date(now);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  date.setUTCHours(4, 0, 0, 0);
  if (date.getTime() > now) date.setUTCDate(date.getUTCDate() - 7);
  return date.toISOString();
};

/** The weekly report of the Monday before an instant in milliseconds. */
export const runMonday = async (cloud: Cloud, now: number): Promise<RunView> => {
  const finance = await apiClient(cloud, 'finance', 'login-finance');
  const { runs } = z.object({ runs: z.array(z.string()).min(1) }).parse(await runSchedule(cloud, 'weekly-report', lastMondayMorning(now)));
  return finance.get(runView, `/runs/${runs[0]}`);
};
