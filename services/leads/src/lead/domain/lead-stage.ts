import { disqualifyReason, stage, type LeadStatus } from '@meilenstein/contracts';
import { instant, opportunityId } from '@meilenstein/kernel';
import * as z from 'zod';
import { bant, latestAnswers, type Bant } from '../../qualification/domain/bant.ts';

const reachedStage = z.object({ at: instant, version: z.int().positive() });

/** What decides the stage of a lead. Older states have none of these fields. */
export const stageState = z.object({
  opportunityId: opportunityId.nullable(),
  /** a rep has worked on it */
  worked: z.boolean().default(false),
  bant: bant.default({}),
  /** what was recorded about absorbed leads */
  absorbedBant: z.record(z.string(), bant).default({}),
  /** the stages reached, by which version of the criteria */
  reached: z.object({ mql: reachedStage.optional(), sql: reachedStage.optional() }).default({}),
  /** the stages that it had reached before it was disqualified */
  reachedBefore: z.array(stage).default([]),
  /** by absorbed lead: the stages that this lead had reached before that merge; older merges have none */
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

/** All BANT answers about the person, from the lead and from those it absorbed; the latest for each slot. */
export const allBant = ({ bant: own, absorbedBant }: Pick<StageState, 'bant' | 'absorbedBant'>): Bant =>
  Object.values(absorbedBant).reduce(latestAnswers, own);

/** The status of a lead that is neither merged nor erased. */
const statusOf = ({ opportunityId: opportunity, disqualified, reached, worked }: StageState): LeadStatus => {
  if (opportunity !== null) return 'converted';
  if (disqualified !== null) return 'disqualified';
  if (reached.sql !== undefined) return 'sql';
  if (reached.mql !== undefined) return 'mql';
  return worked ? 'working' : 'new';
};

/** The lead with the status that follows from its other fields. */
export const withStatus = <Lead extends StageState & { readonly status: LeadStatus }>(lead: Lead): Lead =>
  lead.status === 'merged' || lead.status === 'erased' ? lead : { ...lead, status: statusOf(lead) };

/**
 * A merge is undone: a stage that this lead reached while merged is void until its own touchpoints reach it, and then counts as reached
 * again. A converted lead stays converted.
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
