import type { Company } from '@meilenstein/contracts';
import { laterOf, startOfDay, type Day, type TimeZone } from '@meilenstein/kernel';
import type { OpportunityTimeline, Timeline } from './timeline.ts';

const followOwner = (timeline: Timeline, company: Company, { today, zone }: { readonly today: Day; readonly zone: TimeZone }): Timeline => {
  const last = timeline.assignments.at(-1);
  if (timeline.status !== 'open' || last === undefined) return timeline;
  const membership = company.reps.find(({ repId }) => repId === last.repId)?.memberships.findLast(({ from }) => from <= today);
  if (membership === undefined || membership.teamId === last.teamId) return timeline;
  const since = laterOf(last.since, startOfDay(membership.from, zone));
  const others = since === last.since ? timeline.assignments.slice(0, -1) : timeline.assignments;
  return { ...timeline, assignments: [...others, { ...last, since, teamId: membership.teamId }] };
};

/** Open opportunities follow their owner: they belong to the team of the owner today, without any event of their own. */
export const followOwners = (
  open: readonly OpportunityTimeline[],
  company: Company,
  day: { readonly today: Day; readonly zone: TimeZone },
): readonly OpportunityTimeline[] => open.map(({ id, timeline }) => ({ id, timeline: followOwner(timeline, company, day) }));
