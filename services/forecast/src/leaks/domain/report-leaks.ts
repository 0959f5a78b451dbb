import { decided, opportunityId, processId, repId, teamId, type Currency, type Decision } from '@meilenstein/kernel';
import { leakFound, opportunityStalled, type Happened, type LeakFact, type StallFact } from '@meilenstein/contracts';
import type { FlowReport, Stretch } from './find-leaks.ts';
import type { Stalled, WaitingOpportunity } from './stalled.ts';

/** A leak as it was reported; null: not reported yet. */
export type ReportedLeak = LeakFact['data'] | null;
/** The last stall that was reported for an opportunity; null: none yet. */
export type ReportedStall = StallFact['data'] | null;

export const evolveLeak = (_: ReportedLeak, fact: Happened<LeakFact>): ReportedLeak => fact.data;
export const evolveStall = (_: ReportedStall, fact: Happened<StallFact>): ReportedStall => fact.data;

const count = ({ from, until, entries, reached }: Stretch) => ({ from, until, entries, reached });

/** The id of a flow's leak in its newest cohort. It is reported once, and again if the next cohort shows it too. */
export const leakId = ({ processId: process, milestoneId, dimension, key, observed }: FlowReport): string =>
  ['leak', process, milestoneId ?? '', dimension, encodeURIComponent(key), observed?.until ?? ''].join('~');

/** DynamoDB stores no positive number below 10⁻¹³⁰. Differences between p-values this small have no meaning. */
const leastChance = 1e-100;

/** Reports a leak once. */
export const reportLeak = (found: ReportedLeak, report: FlowReport, currency: Currency): Decision<LeakFact, never> => {
  const { observed, reference, pValue, leak, missingEvidence, value, milestoneId, nextMilestoneId, dimension, key, horizonDays } = report;
  if (found !== null || !leak || observed === null || reference === null || pValue === null) return { events: [] };
  return decided(
    leakFound.of({
      processId: processId.parse(report.processId),
      milestoneId,
      nextMilestoneId,
      dimension,
      key,
      horizonDays,
      observed: count(observed),
      reference: count(reference),
      pValue: Math.max(leastChance, pValue),
      currency,
      value,
      missingEvidence,
    }),
  );
};

/** An open opportunity with the owner that the event names. */
export type WaitingWithOwner = WaitingOpportunity & { readonly repId: string; readonly teamId: string };

export const stallId = (opportunity: string): string => `stall-${opportunity}`;

/** Reports a stall once. After new evidence from the customer a further stall is reported again. */
export const reportStall = (found: ReportedStall, stalled: Stalled<WaitingWithOwner>): Decision<StallFact, never> => {
  if (found !== null && found.lastEvidenceAt === stalled.lastEvidenceAt) return { events: [] };
  const { milestoneId, segment, lastEvidenceAt, days, usualDays } = stalled;
  return decided(
    opportunityStalled.of({
      opportunityId: opportunityId.parse(stalled.opportunityId),
      processId: processId.parse(stalled.processId),
      milestoneId,
      segment,
      repId: repId.parse(stalled.repId),
      teamId: teamId.parse(stalled.teamId),
      lastEvidenceAt,
      days,
      usualDays,
    }),
  );
};
