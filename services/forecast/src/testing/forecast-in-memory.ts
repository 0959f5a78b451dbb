import { epochMillis, toInstant, type Instant } from '@meilenstein/kernel';
import { batchOf, callOf, inMemory, type Call } from '@meilenstein/runtime/testing/in-memory';
import * as z from 'zod';
import { companyHistory, eventsOf, now, process, yearOfStories, type Story } from './example-history.ts';
import { forecastStores } from '../stores.ts';
import { findLeaksNightly } from '../leaks/events/find-leaks.ts';
import { forecastHttp } from '../forecasts/http/forecast-api.ts';
import { gradeForecasts } from '../grades/events/grade-forecasts.ts';
import { onReplayRequested } from '../replays/events/on-replay-requested.ts';
import { nightlySnapshot } from '../snapshots/events/nightly-snapshot.ts';

const text = z.object({ amount: z.string() });

/** Minor units of an amount in an answer. */
export const cents = (amount: unknown): number => Math.round(Number(text.parse(amount).amount) * 100);

/** For tests: the whole service in one process and in memory, with the example company and `count` stories of its year. */
export const forecastInMemory = async (count: number, start: Instant = now) => {
  const machinery = inMemory(start);
  const deps = { ...machinery, ...forecastStores(machinery) };
  const call = callOf(forecastHttp(deps));
  const at = (then: Instant): Instant => machinery.move(epochMillis(then) - epochMillis(machinery.clock.now()));
  const nightly = { snapshot: nightlySnapshot(deps), grade: gradeForecasts(deps), leaks: findLeaksNightly(deps) };
  return {
    ...deps,
    call,
    /** sets the clock */
    at,
    get: (route: string, query: Readonly<Record<string, string>> = {}, who: Pick<Call, 'role' | 'subject'> = {}) =>
      call(`GET ${route}`, { query, ...who }),
    setUp: async (): Promise<void> => {
      await deps.company.fold(companyHistory);
      await deps.view.fold([process, ...yearOfStories(count).flatMap(eventsOf)]);
    },
    /** delivers all requests for replays so far, as the bus does: some of them again */
    deliverReplays: () =>
      onReplayRequested(deps, machinery.consumer)(batchOf(...machinery.events().filter((event) => event.name === 'ReplayRequested'))),
    play: (story: Story) => deps.view.fold(eventsOf(story)),
    /** runs a nightly job at a quarter past midnight in Berlin */
    night: async (day: string, work: keyof typeof nightly): Promise<void> => {
      const scheduledTime = toInstant(`${day}T00:15:00+01:00`);
      at(scheduledTime);
      await nightly[work]({ scheduledTime });
    },
  };
};
