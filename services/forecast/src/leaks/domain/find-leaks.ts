import { addDays, day, type Day } from '@meilenstein/kernel';
import type { MilestoneState } from '../../pipeline-view/domain/timeline.ts';
import { newestVersions, type ProcessVersion } from '../../pipeline-view/domain/process-shape.ts';
import { cohortOf, horizonOf, reachedWithin, type Cohort, type MonthlyCohort } from './cohort.ts';
import { acts, type Act } from '../../pipeline-view/domain/timeline.ts';
import { chanceOfSuchADrop, type Count } from './proportion-test.ts';

/** The key of opportunities without a segment. */
const withoutSegment = 'none';

type Dimension = 'process' | 'segment' | 'team';

/** The entries of several consecutive months, and how many of them went on within the horizon. */
export type Stretch = Count & { readonly from: Day; readonly until: Day; readonly cohort: Cohort };

/** The flow from a milestone to the next one or beyond, of a whole process, one segment or one team. */
export type FlowReport = {
  readonly processId: string;
  readonly milestoneId: MilestoneState;
  readonly nextMilestoneId: string;
  readonly dimension: Dimension;
  readonly key: string;
  readonly horizonDays: number;
  readonly observed: Stretch | null;
  readonly reference: Stretch | null;
  readonly pValue: number | null;
  readonly leak: boolean;
  /** minor units; null before the first order, or if there is no leak */
  readonly value: number | null;
  readonly missingEvidence: Act | null;
  readonly immature: readonly Stretch[];
};

/**
 * The newest one, two and three mature cohorts together are compared with up to twelve earlier ones. The usual four are too few to find a drop
 * of a third and to give no false alarm in years without a leak.
 */
const comparisons = { together: [1, 2, 3], reference: { fewest: 4, most: 12 }, entries: 30 } as const;

/**
 * Each flow is compared every month, over three stretches. A company without a leak should get no false alarm in two years with a probability
 * of 95 %, so the 5 % are divided among all comparisons (Bonferroni): half among whole processes, half among their parts.
 */
const chanceOfFalseAlarm = { inAll: 0.05, comparisons: 24 * comparisons.together.length } as const;

const monthStart = (month: string): Day => day.parse(`${month}-01`);
const monthEnd = (month: string): Day => {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return monthStart(number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`);
};

/** A month with the sum of its cohorts: each month is in many stretches, and is added up once. */
type SummedMonth = readonly [string, Cohort];

/** Months follow each other, the newest first. */
const stretchOf = (months: readonly SummedMonth[], horizonDays: number): Stretch | undefined => {
  const [last] = months[0] ?? [];
  const [first] = months.at(-1) ?? [];
  if (first === undefined || last === undefined) return undefined;
  const cohort = cohortOf(months.map(([, sum]) => sum));
  return { from: monthStart(first), until: monthEnd(last), entries: cohort.entries, reached: reachedWithin(cohort, horizonDays), cohort };
};

type Comparison = { readonly observed: Stretch; readonly reference: Stretch; readonly pValue: number };

const compareCohorts = (mature: readonly SummedMonth[], together: number, horizonDays: number): Comparison | undefined => {
  const before = mature.slice(together, together + comparisons.reference.most);
  const observed = stretchOf(mature.slice(0, together), horizonDays);
  const reference = stretchOf(before, horizonDays);
  if (mature.length < together || before.length < comparisons.reference.fewest || observed === undefined || reference === undefined)
    return undefined;
  if (observed.entries < comparisons.entries || reference.entries < comparisons.entries) return undefined;
  return { observed, reference, pValue: chanceOfSuchADrop(observed, reference) };
};

type FlowName = Pick<FlowReport, 'processId' | 'milestoneId' | 'nextMilestoneId' | 'dimension' | 'key' | 'horizonDays'>;
type AssessedFlow = FlowName & Pick<FlowReport, 'observed' | 'reference' | 'pValue' | 'immature'>;

const assessFlow = (name: FlowName, cohorts: readonly MonthlyCohort[], today: Day): AssessedFlow => {
  const { horizonDays } = name;
  const byMonth = [...Map.groupBy(cohorts, (cohort) => cohort.month)]
    .toSorted(([a], [b]) => (a < b ? 1 : -1))
    .map(([month, own]): SummedMonth => [month, cohortOf(own)]);
  // A month has ended by a day that lies in a later month.
  const monthOfOldEnough = addDays(today, -horizonDays).slice(0, 7);
  const isOld = ([month]: SummedMonth): boolean => month < monthOfOldEnough;
  const mature = byMonth.filter(isOld);
  const [best] = comparisons.together
    .flatMap((together) => compareCohorts(mature, together, horizonDays) ?? [])
    .toSorted((a, b) => a.pValue - b.pValue);
  const newest = stretchOf(mature.slice(0, 1), horizonDays) ?? null;
  return {
    ...name,
    observed: best?.observed ?? newest,
    reference: best?.reference ?? null,
    pValue: best?.pValue ?? null,
    immature: byMonth.filter((month) => !isOld(month)).flatMap((month) => stretchOf([month], horizonDays) ?? []),
  };
};

const share = ({ reached, entries }: Count): number => (entries === 0 ? 0 : reached / entries);

/** The kind of evidence whose share per entry fell most. */
const missing = ({ observed, reference }: AssessedFlow): Act | null => {
  if (observed === null || reference === null) return null;
  const falls = acts.map((act) => ({
    act,
    fall: reference.cohort.byAct[act] / reference.entries - observed.cohort.byAct[act] / observed.entries,
  }));
  const [worst] = falls.toSorted((a, b) => b.fall - a.fall);
  return worst !== undefined && worst.fall > 0 ? worst.act : null;
};

/** The chance that an opportunity which entered a milestone is won: the product of the conversions from there to the order. */
const onwardToOrder = (process: ProcessVersion, cohorts: readonly MonthlyCohort[], from: number): number =>
  process.milestoneIds.slice(from - 1, -1).reduce((chance, milestoneId) => {
    const cohort = cohortOf(cohorts.filter((cohort) => cohort.milestoneId === milestoneId));
    const horizon = horizonOf(cohort);
    return chance * (horizon === undefined ? 0 : share({ entries: cohort.entries, reached: reachedWithin(cohort, horizon) }));
  }, 1);

const valueOfLeak = ({ observed, reference }: AssessedFlow, meanOrder: number | null, downstream: number): number | null => {
  if (observed === null || reference === null || meanOrder === null) return null;
  return Math.max(0, Math.round((share(reference) - share(observed)) * observed.entries * meanOrder * downstream));
};

type Keyed = { readonly dimension: Dimension; readonly key: string; readonly cohorts: readonly MonthlyCohort[] };

const byDimension = (process: ProcessVersion, cohorts: readonly MonthlyCohort[]): readonly Keyed[] => {
  const grouped = (dimension: Dimension, key: (cohort: MonthlyCohort) => string): readonly Keyed[] =>
    [...Map.groupBy(cohorts, key)]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, group]) => ({ dimension, key: name, cohorts: group }));
  return [
    { dimension: 'process', key: process.processId, cohorts },
    ...grouped('segment', (cohort) => cohort.segment ?? withoutSegment),
    ...grouped('team', (cohort) => cohort.teamId),
  ];
};

const flowsOf = (process: ProcessVersion, cohorts: readonly MonthlyCohort[], today: Day): readonly AssessedFlow[] => {
  const sources: readonly MilestoneState[] = [null, ...process.milestoneIds.slice(0, -1)];
  return sources.flatMap((milestoneId, position) => {
    const own = cohorts.filter((cohort) => cohort.milestoneId === milestoneId);
    const horizonDays = horizonOf(cohortOf(own));
    const nextMilestoneId = process.milestoneIds[position];
    if (horizonDays === undefined || nextMilestoneId === undefined) return [];
    return byDimension(process, own).map(({ dimension, key, cohorts: group }) =>
      assessFlow({ processId: process.processId, milestoneId, nextMilestoneId, dimension, key, horizonDays }, group, today),
    );
  });
};

export type LeakFacts = {
  readonly processes: readonly ProcessVersion[];
  readonly cohorts: readonly MonthlyCohort[];
  /** in minor units; null before the first order. A number is that of every order */
  readonly meanOrder: number | null | MeanOrderOf;
};

/** What an order of a process is worth, in all its segments or in one ('' without one); null before the first order. */
export type MeanOrderOf = (of: { readonly processId: string; readonly segment: string | undefined }) => number | null;

/** The mean order of what a flow is about: a segment, or the whole process. */
const meanOrderOf = (meanOrder: LeakFacts['meanOrder'], { processId, dimension, key }: AssessedFlow): number | null => {
  if (typeof meanOrder !== 'function') return meanOrder;
  const segment = dimension === 'segment' ? (key === withoutSegment ? '' : key) : undefined;
  return meanOrder({ processId, segment });
};

/** The p-value below which a drop is a leak, for a whole process and for a part of one. */
const limitsFor = (tested: readonly AssessedFlow[]): ((dimension: Dimension) => number) => {
  const whole = tested.filter((flow) => flow.dimension === 'process').length;
  const limit = (flows: number): number => chanceOfFalseAlarm.inAll / 2 / Math.max(1, chanceOfFalseAlarm.comparisons * flows);
  const [ofWhole, ofPart] = [limit(whole), limit(tested.length - whole)];
  return (dimension) => (dimension === 'process' ? ofWhole : ofPart);
};

/** Every flow of every process as of a day, with the leaks marked; always in the same order. */
export const findLeaks = ({ processes, cohorts, meanOrder }: LeakFacts, today: Day): readonly FlowReport[] => {
  // only the newest version of a process counts: nobody can enter milestones that it no longer has
  const current = newestVersions(processes);
  const assessed = current.flatMap((process) =>
    flowsOf(
      process,
      cohorts.filter((cohort) => cohort.processId === process.processId),
      today,
    ),
  );
  const limits = limitsFor(assessed.filter((flow) => flow.pValue !== null));
  return assessed.map((flow) => {
    const leak = flow.pValue !== null && flow.pValue < limits(flow.dimension);
    const process = current.find((one) => one.processId === flow.processId);
    if (!leak || process === undefined) return { ...flow, leak: false, value: null, missingEvidence: null };
    const own = cohorts.filter((cohort) => cohort.processId === flow.processId);
    const downstream = onwardToOrder(process, own, process.milestoneIds.indexOf(flow.nextMilestoneId) + 1);
    return { ...flow, leak, value: valueOfLeak(flow, meanOrderOf(meanOrder, flow), downstream), missingEvidence: missing(flow) };
  });
};
