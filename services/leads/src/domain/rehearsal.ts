import type { Happened, LeadFact, SurvivorshipRules } from '@meilenstein/contracts';
import type { Facts, Instant } from '@meilenstein/kernel';
import { evolveLead, noLead, type CapturedLead, type Lead } from './lead.ts';
import { factsOf, latestMoment, touchesOf } from './lead-situation.ts';
import type { Touch } from './scoring/lead-facts.ts';
import type { CriteriaInForce } from './scoring/criteria-versions.ts';
import { newlyReached, qualify, type Qualification } from './scoring/qualification.ts';
import type { KeptSubmission } from './submission.ts';

/** All that happened to a lead. */
export type Past = { readonly history: readonly Happened<LeadFact>[]; readonly submissions: readonly KeptSubmission[] };

/** A moment at which rules were asked, with what was known then. */
export type DecisionMoment = {
  readonly at: Instant;
  readonly lead: CapturedLead;
  readonly facts: Facts;
  readonly touches: readonly Touch[];
};

const isPast = ({ status }: Lead): boolean => status === 'none' || status === 'merged' || status === 'erased' || status === 'converted';

const momentAt = ({ history, submissions }: Past, at: Instant, survivorship: SurvivorshipRules): readonly DecisionMoment[] => {
  const lead = history.filter((fact) => fact.occurredAt <= at).reduce<Lead>(evolveLead, noLead);
  if (lead.status === 'none' || isPast(lead) || lead.status === 'disqualified') return [];
  const theirs = submissions.filter((one) => one.leadId === lead.leadId || (one.leadId !== null && Object.hasOwn(lead.absorbed, one.leadId))); // prettier-ignore
  const touches = touchesOf(lead, theirs.filter((one) => one.storedAt <= at)); // prettier-ignore
  return [{ at: latestMoment(lead, touches), lead, facts: factsOf(lead, touches, survivorship), touches }];
};

/** Every moment at which something became known of a lead that sales still worked on, the earliest first. */
export const decisionMoments = (past: Past, survivorship: SurvivorshipRules): readonly DecisionMoment[] => {
  const times = [...past.history.map((fact) => fact.occurredAt), ...past.submissions.map((one) => one.storedAt)];
  return [...new Set(times)].toSorted().flatMap((at) => momentAt(past, at, survivorship));
};

type StageTimes = { readonly mql: Instant | null; readonly sql: Instant | null };

export type RehearsedQualification = {
  readonly before: StageTimes;
  readonly after: StageTimes;
  /** what the candidate says where it decides: where a stage is reached, else at the last moment */
  readonly decisive: Qualification;
};

const timesOf = ({ reached }: Pick<CapturedLead, 'reached'>): StageTimes => ({
  mql: reached.mql?.at ?? null,
  sql: reached.sql?.at ?? null,
});

/** The stages that a lead would have reached by other criteria, decided anew at every moment; undefined where nobody was ever asked. */
export const rehearseQualification = (
  moments: readonly DecisionMoment[],
  { version, criteria }: CriteriaInForce,
): RehearsedQualification | undefined => {
  const last = moments.at(-1);
  if (last === undefined || criteria === null) return undefined;
  let reached: CapturedLead['reached'] = {};
  let round = '';
  let decisive: Qualification | undefined;
  for (const { at, lead, facts } of moments) {
    const before = lead.reachedBefore.join();
    // It was given up and came back: its stages begin anew.
    if (before !== round) [reached, round] = [{}, before];
    const said = qualify(criteria, facts, at);
    for (const stage of newlyReached(reached, said.stage)) {
      reached = { ...reached, [stage]: { at, version } };
      decisive = said;
    }
  }
  return { before: timesOf(last.lead), after: timesOf({ reached }), decisive: decisive ?? qualify(criteria, last.facts, last.at) };
};

export const differs = ({ before, after }: Pick<RehearsedQualification, 'before' | 'after'>): boolean =>
  (before.mql === null) !== (after.mql === null) || (before.sql === null) !== (after.sql === null);
