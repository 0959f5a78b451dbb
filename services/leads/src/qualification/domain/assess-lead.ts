import { leadQualified, leadRequalified, leadScored, stampFact, type LeadFact } from '@meilenstein/contracts';
import type { Facts, Instant } from '@meilenstein/kernel';
import { evolveLead, type CapturedLead, type Lead } from '../../lead/domain/lead.ts';
import { factsOf, latestInstant } from '../../lead/domain/lead-situation.ts';
import type { RulesInForce } from './rules-in-force.ts';
import type { Touch } from '../../scoring/domain/lead-facts.ts';
import { newlyReached, qualify } from './qualification.ts';
import { scoreLead } from '../../scoring/domain/score-lead.ts';
import { segmentsOf } from './segments.ts';

const leadAfter = (lead: CapturedLead, facts: readonly LeadFact[], at: Instant): CapturedLead => {
  const state = facts.map((fact) => stampFact(fact, at)).reduce<Lead>(evolveLead, lead);
  return state.status === 'none' ? lead : state;
};

/** A disqualified lead is requalified when the person comes back; one that was no lead at all is not. */
const reopenIfBack = (lead: CapturedLead, touches: readonly Touch[]): readonly LeadFact[] => {
  const given = lead.disqualified;
  if (lead.status !== 'disqualified' || given === null || given.reason === 'not-a-lead') return [];
  const back = touches.some((touch) => touch.at > given.at);
  return back ? [leadRequalified.of({ leadId: lead.leadId, reason: 'came-back' })] : [];
};

/** What an assessment depends on beside the lead: its facts and touches, and the instant as of which it is assessed. */
export type AssessmentInput = { readonly facts: Facts; readonly touches: readonly Touch[]; readonly at: Instant };

const scoreFacts = (lead: CapturedLead, { facts, touches, at }: AssessmentInput, { scoring }: RulesInForce): readonly LeadFact[] => {
  if (scoring === null) return [];
  const { score, grade, fit, engagement, rules: fired } = scoreLead(scoring.rules, facts, touches, at);
  const rules = fired.map((rule) => rule.id);
  const current = lead.score;
  const isSame = current?.score === score && current.pointsVersion === scoring.version && current.rules.join('\n') === rules.join('\n');
  if (isSame) return [];
  return [leadScored.of({ leadId: lead.leadId, score, rules, pointsVersion: scoring.version, grade, fit, engagement })];
};

/** The stages that a lead newly reaches. */
const qualifyFacts = (
  lead: CapturedLead,
  { facts, at }: AssessmentInput,
  { qualification, segments }: RulesInForce,
): readonly LeadFact[] => {
  if (qualification.criteria === null) return [];
  const { stage, category } = qualify(qualification.criteria, facts, at);
  const { leadId, sourceId, capturedAt, owner } = lead;
  const common = { leadId, sourceId, capturedAt, repId: owner?.repId ?? null, teamId: owner?.teamId ?? null };
  const inSegments = [...segmentsOf(segments.segments, facts, at)];
  return newlyReached(lead.reached, stage).map((one) => {
    const again = lead.reachedBefore.includes(one);
    const data = { ...common, stage: one, criteriaVersion: qualification.version, category, segments: inSegments, again };
    return leadQualified.of(data, { occurredAt: at });
  });
};

/** The score of a lead and the stages that it newly reaches. */
export const scoreAndQualify = (lead: CapturedLead, input: AssessmentInput, rulesInForce: RulesInForce): readonly LeadFact[] => [
  ...scoreFacts(lead, input, rulesInForce),
  ...qualifyFacts(lead, input, rulesInForce),
];

/**
 * What follows for a lead from everything that is known about it: whether it is requalified, its score, and the stages that it reaches,
 * as of the last thing that happened. Assessing it again changes nothing. A converted lead is not assessed.
 */
export const assessLead = (before: Lead, touches: readonly Touch[], rulesInForce: RulesInForce): readonly LeadFact[] => {
  if (before.status === 'none' || before.status === 'merged' || before.status === 'erased' || before.status === 'converted') return [];
  const at = latestInstant(before, touches);
  const reopened = reopenIfBack(before, touches);
  const lead = leadAfter(before, reopened, at);
  const input = { facts: factsOf(lead, touches, rulesInForce.survivorship), touches, at };
  return lead.status === 'disqualified'
    ? scoreFacts(lead, input, rulesInForce)
    : [...reopened, ...scoreAndQualify(lead, input, rulesInForce)];
};

/** The facts of a decision, with what follows from them. */
export const withAssessment = (
  before: Lead,
  facts: readonly LeadFact[],
  { touches, rulesInForce, at }: { readonly touches: readonly Touch[]; readonly rulesInForce: RulesInForce; readonly at: Instant },
): readonly LeadFact[] => {
  const state = facts.map((fact) => stampFact(fact, at)).reduce<Lead>(evolveLead, before);
  return [...facts, ...assessLead(state, touches, rulesInForce)];
};
