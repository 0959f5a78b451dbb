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
import { countAssignment, nextRep, noRotation, returnTurn, withPresent, type Rotation } from './rotation.ts';
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

/** The new state of one rotation. */
export type ChangedRotation = { readonly id: string; readonly state: Rotation };

/** Everything that routing depends on beside the lead, as it was read. */
export type RoutingContext = { readonly setup: RoutingSetup; readonly state: RoutingState; readonly now: Instant };

type Decided = { readonly routing: Routing; readonly rotation: ChangedRotation | null; readonly after: RoutingState };

const plusOne = (before: Readonly<Record<string, number>>, id: RepId): Readonly<Record<string, number>> => ({
  ...before,
  [id]: (Object.hasOwn(before, id) ? (before[id] ?? 0) : 0) + 1,
});

const afterAssignment = (before: RoutingState, changed: ChangedRotation | null, to: RepId | null): RoutingState => ({
  rotations: changed === null ? before.rotations : { ...before.rotations, [changed.id]: changed.state },
  openLeads: to === null ? before.openLeads : plusOne(before.openLeads, to),
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

/** The rotation of a rule with the reps who are eligible now, and why the others are not. */
const rotationFor = (occasion: Occasion, rule: RoutingRule) => {
  const id = rotationIdOf(rule, occasion.territory);
  const { eligible, excluded } = eligibleFor(occasion, rule);
  return { id, eligible, excluded, before: withPresent(rotationOf(occasion.state, id), eligible) };
};

/** The account owner gets the lead while in a team, and it counts in the rotation of the rule. */
const toAccountOwner = (occasion: Occasion, rule: RoutingRule | undefined): Decided | undefined => {
  const { setup, state, now, sellers, lead, head } = occasion;
  const owner = sellers.find((one) => one.repId === lead.accountOwner);
  // Until rules are published, leads rotate among everybody, whoever sold to the account before.
  if (owner?.teamId === undefined || setup.version === 0) return undefined;
  const rotation = rule === undefined ? undefined : rotationFor(occasion, rule);
  const to: RoutedTo = { kind: 'rep', repId: owner.repId, teamId: owner.teamId, reason: 'account-owner' };
  const routing = { ...head, to, ruleId: rule?.id ?? null, rotation: rotation?.id ?? null, candidates: [], excluded: [] };
  const counted = rotation === undefined ? null : { id: rotation.id, state: countAssignment(rotation.before, owner.repId, now) };
  return { routing, rotation: counted, after: afterAssignment(state, counted, owner.repId) };
};

const toNextRep = (occasion: Occasion, rule: RoutingRule): Decided => {
  const { setup, state, lead, now, head } = occasion;
  const { id, eligible, excluded, before } = rotationFor(occasion, rule);
  const next = nextRep(before, lead.leadId);
  const chosen = eligible.find((one) => one.repId === next);
  const candidates = before.entries
    .filter((one) => one.isPresent)
    .map(({ repId, count, weight, lastAssignedAt }) => ({ repId, count, weight, lastAssignedAt }));
  const routing = { ...head, ruleId: rule.id, rotation: id, candidates, excluded };
  if (chosen?.teamId === undefined) {
    const to: RoutedTo = { kind: 'queue', queue: rule.queue ?? setup.document.queue, reason: 'no-eligible-rep' };
    const waiting = { id, state: before };
    return { routing: { ...routing, to }, rotation: waiting, after: afterAssignment(state, waiting, null) };
  }
  const to: RoutedTo = { kind: 'rep', repId: chosen.repId, teamId: chosen.teamId, reason: 'rotation' };
  const counted = { id, state: countAssignment(before, chosen.repId, now) };
  return { routing: { ...routing, to }, rotation: counted, after: afterAssignment(state, counted, chosen.repId) };
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

/**
 * Where a lead goes now: to its account owner, otherwise to the next eligible rep in the rotation of the first matching rule,
 * otherwise to a queue. Also answers the rotation and the whole state after it, which otherwise change only by assignments by hand,
 * returned turns and leads that end.
 */
export const routeLead = (setup: RoutingSetup, state: RoutingState, lead: RoutedLead, now: Instant): Decided => {
  const { occasion, rule } = occasionOf(setup, state, lead, now);
  const kept = toAccountOwner(occasion, rule);
  if (kept !== undefined) return kept;
  if (rule !== undefined) return toNextRep(occasion, rule);
  const to: RoutedTo = { kind: 'queue', queue: setup.document.queue, reason: 'no-matching-rule' };
  return { routing: { ...occasion.head, to, ruleId: null, rotation: null, candidates: [], excluded: [] }, rotation: null, after: state };
};

/** The rotation of a lead that was never routed, with an assignment by hand counted; null if no rule matches. */
export const countManualAssignment = ({ setup, state, now }: RoutingContext, lead: RoutedLead, to: RepId): ChangedRotation | null => {
  const { occasion, rule } = occasionOf(setup, state, lead, now);
  if (rule === undefined) return null;
  const { id, before } = rotationFor(occasion, rule);
  return { id, state: countAssignment(before, to, now) };
};

const changedIn = (state: RoutingState, id: string, change: (before: Rotation) => Rotation): ChangedRotation | null =>
  Object.hasOwn(state.rotations, id) ? { id, state: change(rotationOf(state, id)) } : null;

/** The rotation in which a lead already counted, with an assignment by hand counted as well; null if it does not exist. */
export const countInRotation = ({ state, now }: Pick<RoutingContext, 'state' | 'now'>, id: string, to: RepId): ChangedRotation | null =>
  changedIn(state, id, (before) => countAssignment(before, to, now));

/** A rotation after the turn of a lead that was not real is returned; null if it does not exist. */
export const uncountInRotation = (state: RoutingState, id: string, to: RepId): ChangedRotation | null =>
  changedIn(state, id, (before) => returnTurn(before, to));
