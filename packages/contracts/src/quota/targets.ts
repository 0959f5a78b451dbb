import { addDays, fiscalYearOf, monthsOf, type Day, type FiscalCalendar, type Period } from '@meilenstein/kernel';
import type * as z from 'zod';
import type { Company, Membership } from './company.ts';
import type { targetsSet } from './events.ts';
import type { Node } from '../fragments.ts';

/** The monthly targets of a node in a version of a plan, for a fiscal year. */
export type TargetVersion = Pick<
  z.infer<typeof targetsSet.data>,
  'planId' | 'planVersion' | 'fiscalYear' | 'effectiveFrom' | 'months' | 'withdrawn' | 'ramp'
>;

/** The months of a period, which is a month, quarter or year. */
export const monthsIn = (calendar: FiscalCalendar, period: Period): readonly Period[] =>
  monthsOf(calendar, fiscalYearOf(calendar, period.from)).filter((month) => period.from <= month.from && month.until <= period.until);

const newer = (a: TargetVersion, b: TargetVersion): number =>
  a.effectiveFrom === b.effectiveFrom ? a.planVersion - b.planVersion : a.effectiveFrom < b.effectiveFrom ? -1 : 1;

/** The newest version in force on a day, or the first one where none is in force yet. */
const inForce = (versions: readonly TargetVersion[], from: Day): TargetVersion | undefined => {
  const sorted = versions.toSorted(newer);
  return sorted.findLast((version) => version.effectiveFrom <= from) ?? sorted[0];
};

/** The last event for each version of each plan; a request that was cut off may have emitted others before. */
const lastPerVersion = (versions: readonly TargetVersion[]): readonly TargetVersion[] => [
  ...new Map(versions.map((version) => [`${version.planId} ${version.planVersion}`, version])).values(),
];

/** The version in force among those of all plans; a plan that has withdrawn the node counts last, because a node may move to another plan. */
const inForceOfPlans = (versions: readonly TargetVersion[], from: Day): TargetVersion | undefined => {
  const candidates = [...Map.groupBy(versions, (version) => version.planId).values()].flatMap((ofPlan) => inForce(ofPlan, from) ?? []);
  return (
    inForce(
      candidates.filter((version) => version.withdrawn !== true),
      from,
    ) ?? candidates[0]
  );
};

/** Whole months from a day to a later one. */
const monthsSince = (from: Day, on: Day): number => {
  const [year = 0, month = 0, date = 0] = from.split('-').map(Number);
  const [laterYear = 0, laterMonth = 0, laterDate = 0] = on.split('-').map(Number);
  return (laterYear - year) * 12 + laterMonth - month - (laterDate < date ? 1 : 0);
};

/** The day on which somebody joined, or joined again after a gap; undefined on a day without a membership. */
const joinedBefore = (memberships: readonly Membership[], on: Day): Day | undefined => {
  const current = memberships.findIndex(({ from, until }) => from <= on && (until === null || on < until));
  let first = memberships[current];
  for (let index = current - 1; first !== undefined && index >= 0; index -= 1) {
    const before = memberships[index];
    if (before?.until !== first.from) break;
    first = before;
  }
  return first?.from;
};

/** How much of a month's target counts for a rep: the days of membership, each with its share of the ramp. Every day of the month counts the same. */
const shareOfMonth = (memberships: readonly Membership[], { from, until }: Period, ramp: readonly number[]) => {
  let [days, share] = [0, 0];
  for (let on = from; on < until; on = addDays(on, 1)) {
    days += 1;
    const joined = joinedBefore(memberships, on);
    if (joined !== undefined) share += ramp[monthsSince(joined, on)] ?? 1;
  }
  return { days, share };
};

/** Whether one membership covers the month and its ramp is over, as for nearly everybody: then no day has to be counted. */
const countsWhole = (memberships: readonly Membership[], { from, until }: Period, ramp: readonly number[]): boolean => {
  const joined = joinedBefore(memberships, from);
  const isCovered = memberships.some((each) => each.from <= from && (each.until === null || until <= each.until));
  return isCovered && joined !== undefined && monthsSince(joined, from) >= ramp.length;
};

/** A target of a month for the days on which the rep is a member; undefined where there is none. */
const whileMember = (target: number, month: Period, version: TargetVersion, memberships: readonly Membership[] | undefined) => {
  if (memberships === undefined) return target;
  const isMember = memberships.some(({ from, until }) => from < month.until && (until === null || month.from < until));
  if (!isMember) return undefined;
  if (countsWhole(memberships, month, version.ramp ?? [])) return target;
  const { days, share } = shareOfMonth(memberships, month, version.ramp ?? []);
  return Math.round((target * share) / days);
};

/**
 * A node's target for a period in minor units, which may be 0. `events` are the node's versions in all plans, those of one plan in order. Each
 * month takes the version in force when the month began, so that a new version leaves earlier months unchanged. Null where no plan covers
 * every month, or all months are withdrawn. `memberships`: of a rep, whose target counts for the days of membership.
 */
export const targetOf = (
  events: readonly TargetVersion[],
  calendar: FiscalCalendar,
  period: Period,
  memberships?: readonly Membership[],
): number | null => {
  const versions = lastPerVersion(events);
  let sum: number | null = null;
  for (const month of monthsIn(calendar, period)) {
    const fiscalYear = fiscalYearOf(calendar, month.from);
    const index = monthsOf(calendar, fiscalYear).findIndex(({ label }) => label === month.label);
    const version = inForceOfPlans(
      versions.filter((candidate) => candidate.fiscalYear === fiscalYear),
      month.from,
    );
    const target = version?.months[index];
    if (version === undefined || target === undefined) return null;
    const counted = version.withdrawn === true ? undefined : whileMember(target, month, version, memberships);
    if (counted !== undefined) sum = (sum ?? 0) + counted;
  }
  return sum;
};

/** The memberships by whose days the target of a node counts; undefined for a team, the company and a rep who is not known. */
export const membershipsOf = (
  { reps }: Company,
  { level, key }: Pick<Node, 'key'> & { readonly level: string },
): readonly Membership[] | undefined => (level === 'rep' ? reps.find(({ repId }) => repId === key)?.memberships : undefined);
