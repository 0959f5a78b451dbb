import { addMillis, dayOf, utcDayOf, type Instant, type RepId } from '@meilenstein/kernel';
import { teamOn } from '@meilenstein/contracts';
import { onSchedule } from '@meilenstein/runtime';
import { giveBackLeadsOf, retryQueues } from '../http/give-back.ts';
import type { LeadsDeps } from '../../live-leads.ts';

/**
 * Absences begin and memberships end at their time, without an event. Every five minutes this reassigns the leads of reps whose
 * absence or leave began since the last run, and gives waiting leads to reps who are available again.
 */
export const watchSellers = (deps: LeadsDeps) =>
  onSchedule(
    'watch-sellers',
    async (at: Instant): Promise<{ readonly gone: number; readonly givenBack: number; readonly placed: number }> => {
      const { routing, company: copy } = deps.stores;
      const [since, company, profiles] = await Promise.all([routing.sellers.watchedUntil(), copy.read(), routing.sellers.profiles()]);
      const from = since ?? addMillis(at, -86_400_000);
      const wentAway = profiles.filter(({ absences }) => absences.some((one) => from < one.from && one.from <= at)).map((one) => one.repId);
      const dayAt = (on: Instant) => (company.zone === null ? utcDayOf(on) : dayOf(on, company.zone));
      const hadLeft = (rep: RepId, on: Instant): boolean => teamOn(company, rep, dayAt(on)) === undefined;
      const left = company.reps.map((one) => one.repId).filter((rep) => !hadLeft(rep, from) && hadLeft(rep, at));
      const gone = [...new Set([...wentAway, ...left])];
      const givenBack = await giveBackLeadsOf(deps, gone);
      const placed = await retryQueues(deps);
      await routing.sellers.keepWatched(at);
      return { gone: gone.length, givenBack, placed };
    },
  );
