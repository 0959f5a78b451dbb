import type { Happened, LeadFact, SurvivorshipRules } from '@meilenstein/contracts';
import type { Facts, Instant, LeadId, RepId } from '@meilenstein/kernel';
import { factsAtCapture } from '../../capture/domain/capture-lead.ts';
import { routeLead, type Routing, type RoutingSetup, type RoutingState } from './route-lead.ts';

/** A lead as it was known at its routing decision. */
export type PastLead = {
  readonly leadId: LeadId;
  readonly at: Instant;
  readonly facts: Facts;
  readonly accountOwner: RepId | null;
  /** when its owner lost or finished it; null while it is open */
  readonly endedAt: Instant | null;
};

type Ending = 'LeadConverted' | 'LeadDisqualified' | 'LeadAbsorbed' | 'LeadErased' | 'LeadUnassigned' | 'LeadGivenBack' | 'LeadAssigned';
const endings: Readonly<Record<Ending, true>> = {
  LeadConverted: true,
  LeadDisqualified: true,
  LeadAbsorbed: true,
  LeadErased: true,
  LeadUnassigned: true,
  LeadGivenBack: true,
  LeadAssigned: true,
};

/**
 * A lead as it was at its first routing decision; undefined if there was none. `soldBy` is the rep who sold to its account last, and
 * since when.
 */
export const pastLead = (
  id: LeadId,
  history: readonly Happened<LeadFact>[],
  survivorship: SurvivorshipRules,
  soldBy: { readonly repId: RepId; readonly since: Instant } | undefined,
): PastLead | undefined => {
  const index = history.findIndex((fact) => fact.name === 'LeadRouted');
  const routed = history[index];
  if (routed?.name !== 'LeadRouted') return undefined;
  const { occurredAt: at } = routed;
  const { to } = routed.data;
  const kept = to.kind === 'rep' && to.reason === 'account-owner' ? to.repId : null;
  const owned = soldBy !== undefined && soldBy.since <= at ? soldBy.repId : null;
  const given = to.kind === 'rep' ? index + 2 : index + 1;
  const ended = history.slice(given).find((fact) => Object.hasOwn(endings, fact.name));
  const facts = factsAtCapture(history.slice(0, index), at, survivorship);
  return { leadId: id, at, facts, accountOwner: kept ?? owned, endedAt: ended?.occurredAt ?? null };
};

/** The outcome for one lead under each version. */
type Difference<Outcome> = { readonly leadId: LeadId; readonly at: Instant; readonly active: Outcome; readonly candidate: Outcome };

/** The leads that would differ, and how many leads were compared. */
type Rehearsal<Outcome> = { readonly leads: number; readonly changed: readonly Difference<Outcome>[] };

const compareOutcomes = <Outcome>(
  past: readonly PastLead[],
  outcomes: { readonly active: readonly Outcome[]; readonly candidate: readonly Outcome[] },
  isSame: (a: Outcome, b: Outcome) => boolean,
): Rehearsal<Outcome> => ({
  leads: past.length,
  changed: past.flatMap(({ leadId, at }, index) => {
    const [active, candidate] = [outcomes.active[index], outcomes.candidate[index]];
    return active === undefined || candidate === undefined || isSame(active, candidate) ? [] : [{ leadId, at, active, candidate }];
  }),
});

const byTime = (past: readonly PastLead[]): readonly PastLead[] =>
  past.toSorted((a, b) => (a.at === b.at ? (a.leadId < b.leadId ? -1 : 1) : a.at < b.at ? -1 : 1));

const withoutEnded = (state: RoutingState, ended: readonly RepId[]): RoutingState => ({
  ...state,
  openLeads: ended.reduce((open, id) => ({ ...open, [id]: Math.max(0, (open[id] ?? 0) - 1) }), state.openLeads),
});

/** Routes past leads in order of time, starting from a state; leads that end free capacity. */
const replayRouting = (setup: RoutingSetup, before: RoutingState, past: readonly PastLead[]): readonly Routing[] => {
  let state = before;
  let open: readonly { readonly owner: RepId; readonly endedAt: Instant }[] = [];
  const routings: Routing[] = [];
  for (const { leadId, at, facts, accountOwner, endedAt } of byTime(past)) {
    state = withoutEnded(
      state,
      open.filter((one) => one.endedAt <= at).map((one) => one.owner),
    );
    open = open.filter((one) => one.endedAt > at);
    const { routing, after } = routeLead(setup, state, { leadId, facts, accountOwner }, at);
    routings.push(routing);
    state = after;
    if (routing.to.kind === 'rep' && endedAt !== null) open = [...open, { owner: routing.to.repId, endedAt }];
  }
  return routings;
};

const destination = ({ to }: Routing): string => (to.kind === 'rep' ? to.repId : `queue ${to.queue.queueId}`);

export type RoutingRehearsal = Rehearsal<Routing> & {
  /** how many leads each rep or queue would have received */
  readonly active: Readonly<Record<string, number>>;
  readonly candidate: Readonly<Record<string, number>>;
};

const tally = (routings: readonly Routing[]): Readonly<Record<string, number>> => {
  const names = [...new Set(routings.map(destination))].toSorted();
  return Object.fromEntries(names.map((name) => [name, routings.filter((one) => destination(one) === name).length]));
};

/** Who would have received which lead under other routing rules, profiles or territories; both sides start from the same state. */
export const rehearseRouting = (
  setups: { readonly active: RoutingSetup; readonly candidate: RoutingSetup },
  before: RoutingState,
  past: readonly PastLead[],
): RoutingRehearsal => {
  const leads = byTime(past);
  const [active, candidate] = [replayRouting(setups.active, before, leads), replayRouting(setups.candidate, before, leads)];
  const rehearsal = compareOutcomes(leads, { active, candidate }, (a, b) => destination(a) === destination(b));
  return { ...rehearsal, active: tally(active), candidate: tally(candidate) };
};
