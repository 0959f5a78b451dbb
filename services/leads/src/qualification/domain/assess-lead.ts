import { leadQualified, leadRequalified, leadScored, stampFact, type LeadFact } from '@meilenstein/contracts';
import type { Facts, Instant } from '@meilenstein/kernel';
import { evolveLead, type CapturedLead, type Lead } from '../../lead/domain/lead.ts';
import { factsOf, latestMoment } from '../../lead/domain/lead-situation.ts';
import type { RulesInForce } from './rules-in-force.ts';
import type { Touch } from '../../scoring/domain/lead-facts.ts';
import { newlyReached, qualify } from './qualification.ts';
import { scoreLead } from '../../scoring/domain/score-lead.ts';
import { segmentsOf } from './segments.ts';

const leadAfter = (lead: CapturedLead, facts: readonly LeadFact[], at: Instant): CapturedLead => {
  const state = facts.map((fact) => stampFact(fact, at)).reduce<Lead>(evolveLead, lead);
  return state.status === 'none' ? lead : state;
};

/** Who comes back counts again; what was no lead at all stays none, however often it writes. */
const reopenIfBack = (lead: CapturedLead, touches: readonly Touch[]): readonly LeadFact[] => {
  const given = lead.disqualified;
  if (lead.status !== 'disqualified' || given === null || given.reason === 'not-a-lead') return [];
  const back = touches.some((touch) => touch.at > given.at);
  return back ? [leadRequalified.of({ leadId: lead.leadId, reason: 'came-back' })] : [];
};

type AssessmentInput = { readonly facts: Facts; readonly touches: readonly Touch[]; readonly at: Instant };

const scoreFacts = (lead: CapturedLead, { facts, touches, at }: AssessmentInput, { scoring }: RulesInForce): readonly LeadFact[] => {
  if (scoring === null) return [];
  const { score, grade, fit, engagement, rules: fired } = scoreLead(scoring.rules, facts, touches, at);
  const rules = fired.map((rule) => rule.id);
  const said = lead.score;
  const isSame = said?.score === score && said.pointsVersion === scoring.version && said.rules.join('\n') === rules.join('\n');
  if (isSame) return [];
  return [leadScored.of({ leadId: lead.leadId, score, rules, pointsVersion: scoring.version, grade, fit, engagement })];
};

/** The stages that a lead reaches now, each once. */
const qualifyFacts = (
  lead: CapturedLead,
  { facts, at }: AssessmentInput,
  { qualification, segments }: RulesInForce,
): readonly LeadFact[] => {
  if (qualification.criteria === null) return [];
  const { stage, category } = qualify(qualification.criteria, facts, at);
  const { leadId, sourceId, capturedAt, owner } = lead;
  const about = { leadId, sourceId, capturedAt, repId: owner?.repId ?? null, teamId: owner?.teamId ?? null };
  const inSegments = [...segmentsOf(segments.segments, facts, at)];
  return newlyReached(lead.reached, stage).map((one) => {
    const again = lead.reachedBefore.includes(one);
    const data = { ...about, stage: one, criteriaVersion: qualification.version, category, segments: inSegments, again };
    return leadQualified.of(data, { occurredAt: at });
  });
};

/**
 * What follows for a lead from everything that is input of it: it counts again, its points, the stages that it reaches. Decided as of
 * the last thing that happened; asked again it says nothing more. A converted lead is past that.
 */
export const assessLead = (before: Lead, touches: readonly Touch[], rulesInForce: RulesInForce): readonly LeadFact[] => {
  if (before.status === 'none' || before.status === 'merged' || before.status === 'erased' || before.status === 'converted') return [];
  const at = latestMoment(before, touches);
  const reopened = reopenIfBack(before, touches);
  const lead = leadAfter(before, reopened, at);
  const input = { facts: factsOf(lead, touches, rulesInForce.survivorship), touches, at };
  const points = scoreFacts(lead, input, rulesInForce);
  return lead.status === 'disqualified' ? points : [...reopened, ...points, ...qualifyFacts(lead, input, rulesInForce)];
};

/** Facts of a decision, and what follows from them in the same breath. */
export const withAssessment = (
  before: Lead,
  facts: readonly LeadFact[],
  { touches, rulesInForce, at }: { readonly touches: readonly Touch[]; readonly rulesInForce: RulesInForce; readonly at: Instant },
): readonly LeadFact[] => {
  const state = facts.map((fact) => stampFact(fact, at)).reduce<Lead>(evolveLead, before);
  return [...facts, ...assessLead(state, touches, rulesInForce)];
};
