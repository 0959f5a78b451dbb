import type { Happened, LeadFact, SurvivorshipRules } from '@meilenstein/contracts';
import type { Facts, Instant } from '@meilenstein/kernel';
import { evolveLead, noLead, type CapturedLead, type Lead } from '../../lead/domain/lead.ts';
import { factsOf, latestInstant, touchesOf } from '../../lead/domain/lead-situation.ts';
import type { Touch } from './lead-facts.ts';
import type { KeptSubmission } from '../../capture/domain/submission.ts';

/** Everything that happened to a lead. */
export type LeadHistory = { readonly history: readonly Happened<LeadFact>[]; readonly submissions: readonly KeptSubmission[] };

/** A time at which rules decided about a lead, with what was known then. */
export type DecisionTime = {
  readonly at: Instant;
  readonly lead: CapturedLead;
  readonly facts: Facts;
  readonly touches: readonly Touch[];
};

const isPast = ({ status }: Lead): boolean => status === 'none' || status === 'merged' || status === 'erased' || status === 'converted';

const decisionAt = ({ history, submissions }: LeadHistory, at: Instant, survivorship: SurvivorshipRules): readonly DecisionTime[] => {
  const lead = history.filter((fact) => fact.occurredAt <= at).reduce<Lead>(evolveLead, noLead);
  if (lead.status === 'none' || isPast(lead) || lead.status === 'disqualified') return [];
  const theirs = submissions.filter(
    (one) => one.leadId === lead.leadId || (one.leadId !== null && Object.hasOwn(lead.absorbed, one.leadId)),
  );
  const touches = touchesOf(
    lead,
    theirs.filter((one) => one.storedAt <= at),
  );
  return [{ at: latestInstant(lead, touches), lead, facts: factsOf(lead, touches, survivorship), touches }];
};

/** Every time at which something became known about an open lead, the earliest first. */
export const decisionTimes = (past: LeadHistory, survivorship: SurvivorshipRules): readonly DecisionTime[] => {
  const times = [...past.history.map((fact) => fact.occurredAt), ...past.submissions.map((one) => one.storedAt)];
  return [...new Set(times)].toSorted().flatMap((at) => decisionAt(past, at, survivorship));
};
