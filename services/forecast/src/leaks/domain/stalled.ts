import { epochMillis, type Instant } from '@meilenstein/kernel';
import type { MilestoneState } from '../../pipeline-view/domain/timeline.ts';
import type { MonthlyCohort } from './cohort.ts';
import { usualDwell } from './measure-dwell.ts';

/** An open opportunity, and when its customer last did, said or wrote something. */
export type WaitingOpportunity = {
  readonly opportunityId: string;
  readonly processId: string;
  readonly milestoneId: MilestoneState;
  readonly segment: string | null;
  readonly lastEvidenceAt: Instant;
};

export type Stalled<W extends WaitingOpportunity> = W & { readonly days: number; readonly usualDays: number };

const millisOfDay = 86_400_000;

/**
 * The opportunities whose customer has been silent for longer than nine in ten who went on from the same milestone
 * (docs/model/formulas.md 5.4). The seller's own activities reset nothing. Below 30 who went on, no opportunity is stalled. The longest silence
 * comes first.
 */
export const findStalled = <W extends WaitingOpportunity>(
  waiting: readonly W[],
  cohorts: readonly MonthlyCohort[],
  at: Instant,
): readonly Stalled<W>[] => {
  const known = new Map<string, number | undefined>();
  const usual = ({ processId, milestoneId, segment }: WaitingOpportunity): number | undefined => {
    const key = JSON.stringify([processId, milestoneId, segment]);
    if (!known.has(key)) {
      const process = cohorts.filter((cohort) => cohort.processId === processId && cohort.milestoneId === milestoneId);
      const own = process.filter((cohort) => cohort.segment === segment);
      // With too few opportunities that went on from a segment, the whole process is used instead.
      known.set(key, (usualDwell(own) ?? usualDwell(process))?.usualDays);
    }
    return known.get(key);
  };
  return waiting
    .flatMap((one) => {
      const usualDays = usual(one);
      const days = Math.floor((epochMillis(at) - epochMillis(one.lastEvidenceAt)) / millisOfDay);
      return usualDays !== undefined && days > usualDays ? [{ ...one, days, usualDays }] : [];
    })
    .toSorted((a, b) => b.days - a.days || (a.opportunityId < b.opportunityId ? -1 : 1));
};
