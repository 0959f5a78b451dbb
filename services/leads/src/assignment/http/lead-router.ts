import { type LeadFact, type Account } from '@meilenstein/contracts';
import type { Instant, LeadId, RepId } from '@meilenstein/kernel';
import { count, type Write } from '@meilenstein/runtime';
import type { CapturedLead, Lead } from '../../lead/domain/lead.ts';
import { gaveBackLast, giveBackLead, unassignFrom, type GiveBack, type GiveBackRefusal } from '../domain/give-back.ts';
import { isOpen } from '../../lead/domain/is-open.ts';
import type { Requeued } from '../domain/requeue.ts';
import { routedFacts } from '../domain/routed-facts.ts';
import { contendersFor, routeLead, type RoutedLead, type RoutingSetup } from '../domain/route-lead.ts';
import { leadWithFacts, touchpointsOf } from '../../identity/http/leads-with-facts.ts';
import type { Plan } from '../../lead/store/lead-store.ts';
import type { LeadsDeps } from '../../live-leads.ts';

/** The events of a routing decision, and the write that counts it in the rotation. */
export type RoutingResult = { readonly facts: readonly LeadFact[]; readonly alongside: readonly Write[] };

const unchanged = { decision: { events: [] }, alongside: [] } as const;

/** The rep who loses a lead does not get it back, neither by rotation nor as account owner. */
const without = (by: RoutingSetup, rep: RepId): RoutingSetup => ({
  ...by,
  company: { ...by.company, reps: by.company.reps.filter((one) => one.repId !== rep) },
});

/** Loads what routing needs, lets the rules decide, and writes the result. */
export const leadRouter = (deps: LeadsDeps) => {
  const { leads, routing, rotations, company: copy } = deps.stores;

  const loadSetup = async (): Promise<RoutingSetup> => {
    const [{ version, document }, { territories }, company, profiles] = await Promise.all([
      routing.rules.current(),
      routing.territories.current(),
      copy.read(),
      routing.sellers.profiles(),
    ]);
    return { version, document, territories, company, profiles };
  };

  const accountOwnerOf = async (account: Account | null): Promise<RepId | null> =>
    account === null ? null : ((await routing.accounts.ownerOf(account.id))?.repId ?? null);

  const loadRotationsFor = async (by: RoutingSetup, lead: RoutedLead, now: Instant) => {
    const found = await rotations.load();
    const asked = contendersFor(by, found.state, lead, now);
    return asked === undefined ? found : rotations.updateContenders(found, asked.rotation, asked.contenders);
  };

  const route = async (by: RoutingSetup, lead: RoutedLead): Promise<RoutingResult> => {
    const now = deps.clock.now();
    const found = await loadRotationsFor(by, lead, now);
    const { routing: decision } = routeLead(by, found.state, lead, now);
    const facts = routedFacts(decision, by.company, now);
    if (decision.to.kind === 'queue') return { facts, alongside: [] };
    return { facts, alongside: rotations.assignmentWrites(found, decision.rotation, decision.to.repId, now) };
  };

  /** An existing lead with the facts that rules may use now. */
  const routedLead = async (lead: CapturedLead): Promise<RoutedLead> => {
    const [rulesInForce, touchpoints, owner] = await Promise.all([
      deps.stores.rulesInForce(),
      touchpointsOf(deps.stores, lead),
      accountOwnerOf(lead.account),
    ]);
    return { leadId: lead.leadId, facts: leadWithFacts(lead, touchpoints, rulesInForce).facts, accountOwner: owner };
  };

  /** The writes that count an assignment by hand in the rotation of the lead. */
  const manualAssignmentWrites = async (lead: Lead, to: RepId): Promise<readonly Write[]> => {
    if (lead.status === 'none') return [];
    const now = deps.clock.now();
    const rotation = lead.routing?.rotation ?? null;
    if (rotation !== null) return rotations.assignmentWrites(await rotations.load(), rotation, to, now);
    const by = await loadSetup();
    const about = await routedLead(lead);
    const found = await loadRotationsFor(by, about, now);
    return rotations.assignmentWrites(found, contendersFor(by, found.state, about, now)?.rotation ?? null, to, now);
  };

  /**
   * Finds an owner for an open lead that has none, or whose owner loses it. A lead that is already in a queue stays there while no
   * rep is eligible.
   */
  const findOwner = async (all: RoutingSetup, id: LeadId, lost?: Pick<Requeued, 'from' | 'reason'>): Promise<boolean> => {
    const result = await leads.changeByPlan<never>(id, async (state) => {
      const taken = lost === undefined ? undefined : unassignFrom(state, lost);
      const passed = lost?.from ?? (isOpen(state) ? gaveBackLast(state) : undefined);
      const by = passed === undefined ? all : without(all, passed);
      if (!isOpen(state) || (lost === undefined ? state.owner !== null : taken === undefined)) return unchanged;
      const routed = await route(by, await routedLead(state));
      const isStill = state.queue !== null && routed.facts.some((fact) => fact.name === 'LeadQueued');
      return isStill
        ? unchanged
        : { decision: { events: taken === undefined ? routed.facts : [taken, ...routed.facts] }, alongside: routed.alongside };
    });
    const events = 'changed' in result ? result.changed.events : [];
    if (events.some((event) => event.name === 'LeadQueued')) count('LeadQueued');
    return events.length > 0;
  };

  /** Gives a lead back and routes it again without its former owner; it waits in a queue if no other rep is eligible. */
  const giveBack = async (id: LeadId, command: GiveBack, options: { readonly expectedVersion?: number }) => {
    const all = await loadSetup();
    const plan = async (state: Lead): Promise<Plan<GiveBackRefusal>> => {
      const decision = giveBackLead(state, command);
      if ('refused' in decision || state.status === 'none' || state.owner === null) return { decision, alongside: [] };
      const { facts, alongside } = await route(without(all, state.owner.repId), await routedLead(state));
      return { decision: { events: [...decision.events, ...facts] }, alongside };
    };
    const result = await leads.changeByPlan(id, plan, options);
    if ('changed' in result && result.changed.events.some((event) => event.name === 'LeadQueued')) count('LeadQueued');
    return result;
  };

  return { loadSetup, accountOwnerOf, route, manualAssignmentWrites, findOwner, giveBack };
};
