import { disqualifyReason, stage, type LeadStatus } from '@meilenstein/contracts';
import { instant, opportunityId } from '@meilenstein/kernel';
import * as z from 'zod';
import { bant, latestAnswers, type Bant } from '../../qualification/domain/bant.ts';

const reachedStage = z.object({ at: instant, version: z.int().positive() });

/** What decides where a lead stands. Older states have none of it. */
export const stageState = z.object({
  opportunityId: opportunityId.nullable(),
  /** somebody of sales dealt with it */
  worked: z.boolean().default(false),
  bant: bant.default({}),
  /** what was recorded of leads that turned out to be the same person */
  absorbedBant: z.record(z.string(), bant).default({}),
  /** the stages reached, by which version of the criteria */
  reached: z.object({ mql: reachedStage.optional(), sql: reachedStage.optional() }).default({}),
  /** the stages reached before it was given up */
  reachedBefore: z.array(stage).default([]),
  /** the stages it had reached when it absorbed another lead, by that one; older merges have none */
  reachedAtMerge: z.record(z.string(), z.array(stage)).default({}),
  disqualified: z.object({ reason: disqualifyReason, at: instant, note: z.string().nullable() }).nullable().default(null),
});
export type StageState = z.infer<typeof stageState>;

export const noStageState: StageState = {
  opportunityId: null,
  worked: false,
  bant: {},
  absorbedBant: {},
  reached: {},
  reachedBefore: [],
  reachedAtMerge: {},
  disqualified: null,
};

/** All that is recorded of the person, by the lead itself and by those it absorbed; the latest word on each slot. */
export const allBant = ({ bant: own, absorbedBant }: Pick<StageState, 'bant' | 'absorbedBant'>): Bant =>
  Object.values(absorbedBant).reduce(latestAnswers, own);

/** Where a lead stands that is neither part of another one nor erased. */
const statusOf = ({ opportunityId: opportunity, disqualified, reached, worked }: StageState): LeadStatus => {
  if (opportunity !== null) return 'converted';
  if (disqualified !== null) return 'disqualified';
  if (reached.sql !== undefined) return 'sql';
  if (reached.mql !== undefined) return 'mql';
  return worked ? 'working' : 'new';
};

/** The same lead with the status that follows from the rest. */
export const withStatus = <Lead extends StageState & { readonly status: LeadStatus }>(lead: Lead): Lead =>
  lead.status === 'merged' || lead.status === 'erased' ? lead : { ...lead, status: statusOf(lead) };

/**
 * Two leads are parted: a stage that this one reached while they were one is void until it is reached by what is its own, and then it is
 * said to be reached again. An opportunity stays one.
 */
export const withoutSharedStages = <Lead extends StageState>(lead: Lead, gone: string): Lead => {
  const { [gone]: alone, ...reachedAtMerge } = lead.reachedAtMerge;
  if (alone === undefined || lead.opportunityId !== null) return { ...lead, reachedAtMerge };
  const shared = stage.options.filter((one) => lead.reached[one] !== undefined && !alone.includes(one));
  const reached = Object.fromEntries(
    stage.options.flatMap((one) => (lead.reached[one] === undefined || shared.includes(one) ? [] : [[one, lead.reached[one]]])),
  );
  return { ...lead, reached, reachedAtMerge, reachedBefore: [...new Set([...lead.reachedBefore, ...shared])] };
};
