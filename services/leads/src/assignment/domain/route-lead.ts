import {
  subtreeOf,
  type Company,
  type FallbackQueue,
  type RoutingRule,
  type RoutingRules,
  type SellerProfile,
  type Territory,
} from '@meilenstein/contracts';
import { dayOf, judge, utcDayOf, type Facts, type Instant, type LeadId, type RepId, type TeamId, type Verdict } from '@meilenstein/kernel';
import { eligibility, type Exclusion } from './eligibility.ts';
import { countAssignment, nextRep, noRotation, withPresent, type Contender, type Rotation } from './rotation.ts';
import { sellersOf, type Seller } from './seller.ts';
import { territoryOf } from './territory.ts';

/** What routing depends on beside the lead. */
export type RoutingSetup = {
  readonly version: number;
  readonly document: RoutingRules;
  readonly territories: readonly Territory[];
  readonly company: Company;
  readonly profiles: readonly SellerProfile[];
};

/** What changes with each assignment: the rotations, and the open leads of each rep. */
export type RoutingState = { readonly rotations: Readonly<Record<string, Rotation>>; readonly openLeads: Readonly<Record<string, number>> };

export const noRoutingState: RoutingState = { rotations: {}, openLeads: {} };

export type RoutedLead = { readonly leadId: LeadId; readonly facts: Facts; readonly accountOwner: RepId | null };

type RoutedTo =
  | { readonly kind: 'rep'; readonly repId: RepId; readonly teamId: TeamId; readonly reason: 'rotation' | 'account-owner' }
  | { readonly kind: 'queue'; readonly queue: FallbackQueue; readonly reason: 'no-matching-rule' | 'no-eligible-rep' };

/** Where a lead goes, and everything that a person needs to understand why. */
export type Routing = {
  readonly leadId: LeadId;
  readonly version: number;
  readonly to: RoutedTo;
  /** the rule that decided; null if none matched */
  readonly ruleId: string | null;
  /** the rotation in which this assignment counts */
  readonly rotation: string | null;
  /** the rules that were evaluated, with the reasons for each verdict */
  readonly rules: readonly { readonly id: string; readonly name: string; readonly verdict: Verdict }[];
  readonly territoryId: string | null;
  /** the eligible reps, with the leads that each had received in this rotation */
  readonly candidates: readonly {
    readonly repId: RepId;
    readonly count: number;
    readonly weight: number;
    readonly lastAssignedAt: Instant | null;
  }[];
  readonly excluded: readonly Exclusion[];
};

type Decided = { readonly routing: Routing; readonly after: RoutingState };

const plusOne = (before: Readonly<Record<string, number>>, id: RepId): Readonly<Record<string, number>> => ({
  ...before,
  [id]: (Object.hasOwn(before, id) ? (before[id] ?? 0) : 0) + 1,
});

const rotationOf = ({ rotations }: RoutingState, id: string): Rotation =>
  Object.hasOwn(rotations, id) ? (rotations[id] ?? noRotation) : noRotation;

const firstMatch = (rules: readonly RoutingRule[], facts: Facts, now: Instant) => {
  const verdicts: { readonly id: string; readonly name: string; readonly verdict: Verdict }[] = [];
  for (const rule of rules) {
    const verdict = judge(rule.when, facts, now);
    verdicts.push({ id: rule.id, name: rule.name, verdict });
    if (verdict.answer === 'yes') return { rule, verdicts };
  }
  return { rule: undefined, verdicts };
};

/** What the decision for the account owner and the decision by rotation share. */
type Occasion = {
  readonly setup: RoutingSetup;
  readonly state: RoutingState;
  readonly lead: RoutedLead;
  readonly now: Instant;
  readonly sellers: readonly Seller[];
  readonly head: Pick<Routing, 'leadId' | 'version' | 'rules' | 'territoryId'>;
  readonly territory: Territory | undefined;
};

/** The rotation id of a rule; if the rule asks for reps of the lead's territory, each territory has its own rotation. */
const rotationIdOf = (rule: RoutingRule, territory: Territory | undefined): string =>
  rule.to.territory === 'of-lead' ? `${rule.id}@${territory?.territoryId ?? ''}` : rule.id;

const eligibleFor = ({ setup, state, now, sellers, territory }: Occasion, rule: RoutingRule) => {
  const teams = rule.to.teams === null ? null : rule.to.teams.flatMap((team) => subtreeOf(setup.company, team));
  const { territories } = setup;
  return eligibility(sellers, {
    audience: rule.to,
    teams,
    territory,
    territories,
    openLeads: state.openLeads,
    now,
    zone: setup.company.zone ?? 'UTC',
  });
};

/** The account owner gets the lead while in a team, and it counts in the rotation of the rule. */
const toAccountOwner = (
  { setup, state, now, sellers, lead, head, territory }: Occasion,
  rule: RoutingRule | undefined,
): Decided | undefined => {
  const owner = sellers.find((one) => one.repId === lead.accountOwner);
  // Until rules are published, leads rotate among everybody, whoever sold to the account before.
  if (owner?.teamId === undefined || setup.version === 0) return undefined;
  const rotation = rule === undefined ? null : rotationIdOf(rule, territory);
  const counted = rotation === null ? {} : { [rotation]: countAssignment(rotationOf(state, rotation), owner.repId, now) };
  const to: RoutedTo = { kind: 'rep', repId: owner.repId, teamId: owner.teamId, reason: 'account-owner' };
  return {
    routing: { ...head, to, ruleId: rule?.id ?? null, rotation, candidates: [], excluded: [] },
    after: { rotations: { ...state.rotations, ...counted }, openLeads: plusOne(state.openLeads, owner.repId) },
  };
};

const toNextRep = (occasion: Occasion, rule: RoutingRule): Decided => {
  const { setup, state, lead, now, head, territory } = occasion;
  const rotation = rotationIdOf(rule, territory);
  const { eligible, excluded } = eligibleFor(occasion, rule);
  const before = withPresent(rotationOf(state, rotation), eligible);
  const next = nextRep(before, lead.leadId);
  const chosen = eligible.find((one) => one.repId === next);
  const candidates = before.entries
    .filter((one) => one.isPresent)
    .map(({ repId, count, weight, lastAssignedAt }) => ({ repId, count, weight, lastAssignedAt }));
  const routing = { ...head, ruleId: rule.id, rotation, candidates, excluded };
  if (chosen?.teamId === undefined) {
    const to: RoutedTo = { kind: 'queue', queue: rule.queue ?? setup.document.queue, reason: 'no-eligible-rep' };
    return { routing: { ...routing, to }, after: { ...state, rotations: { ...state.rotations, [rotation]: before } } };
  }
  const to: RoutedTo = { kind: 'rep', repId: chosen.repId, teamId: chosen.teamId, reason: 'rotation' };
  const after = countAssignment(before, chosen.repId, now);
  return {
    routing: { ...routing, to },
    after: { rotations: { ...state.rotations, [rotation]: after }, openLeads: plusOne(state.openLeads, chosen.repId) },
  };
};

const occasionOf = (setup: RoutingSetup, state: RoutingState, lead: RoutedLead, now: Instant) => {
  const { company, document, territories, profiles, version } = setup;
  const today = company.zone === null ? utcDayOf(now) : dayOf(now, company.zone);
  const { rule, verdicts } = firstMatch(document.rules, lead.facts, now);
  const territory = territoryOf(territories, lead.facts, { now, today });
  const head = { leadId: lead.leadId, version, rules: verdicts, territoryId: territory?.territoryId ?? null };
  const occasion: Occasion = { setup, state, lead, now, sellers: sellersOf(company, profiles, now), head, territory };
  return { occasion, rule };
};

/** The rotation of a lead and the reps who take part in it now; undefined if no rule matches. */
export const contendersFor = (
  setup: RoutingSetup,
  state: RoutingState,
  lead: RoutedLead,
  now: Instant,
): { readonly rotation: string; readonly contenders: readonly Contender[] } | undefined => {
  const { occasion, rule } = occasionOf(setup, state, lead, now);
  if (rule === undefined) return undefined;
  return { rotation: rotationIdOf(rule, occasion.territory), contenders: eligibleFor(occasion, rule).eligible };
};

/**
 * Where a lead goes now: to its account owner, otherwise to the next eligible rep in the rotation of the first matching rule,
 * otherwise to a queue. Also answers the state after it, which otherwise changes only by assignments by hand, returned turns and
 * leads that end.
 */
export const routeLead = (setup: RoutingSetup, state: RoutingState, lead: RoutedLead, now: Instant): Decided => {
  const { occasion, rule } = occasionOf(setup, state, lead, now);
  const kept = toAccountOwner(occasion, rule);
  if (kept !== undefined) return kept;
  if (rule !== undefined) return toNextRep(occasion, rule);
  const to: RoutedTo = { kind: 'queue', queue: setup.document.queue, reason: 'no-matching-rule' };
  return { routing: { ...occasion.head, to, ruleId: null, rotation: null, candidates: [], excluded: [] }, after: state };
};
