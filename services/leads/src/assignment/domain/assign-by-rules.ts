import type { LeadFact } from '@meilenstein/contracts';
import { decided, type Decision, type RepId } from '@meilenstein/kernel';
import type { KeptSubmission } from '../../capture/domain/submission.ts';
import { isOpen } from '../../lead/domain/is-open.ts';
import { factsOf, touchesOf } from '../../lead/domain/lead-situation.ts';
import type { CapturedLead, Lead } from '../../lead/domain/lead.ts';
import type { RulesInForce } from '../../qualification/domain/rules-in-force.ts';
import { gaveBackLast, giveBackLead, returnTurnOf, unassignFrom, type GiveBack, type GiveBackRefusal } from './give-back.ts';
import type { Requeued } from './requeue.ts';
import {
  countInRotation,
  countManualAssignment,
  routeLead,
  type ChangedRotation,
  type RoutedLead,
  uncountInRotation,
  type RoutingContext,
  type RoutingState,
} from './route-lead.ts';
import { routedFacts } from './routed-facts.ts';

/** What the assignment of a lead depends on, as it was read. */
export type AssignmentContext = {
  readonly routing: RoutingContext;
  readonly rulesInForce: RulesInForce;
  readonly accountOwner: RepId | null;
  readonly touchpoints: readonly KeptSubmission[];
};

/** A decision about a lead, and the rotation in which it counts. */
export type AssignmentDecision<R> = { readonly decision: Decision<LeadFact, R>; readonly rotation: ChangedRotation | null };

const unchanged: AssignmentDecision<never> = { decision: { events: [] }, rotation: null };

/** The events of a routing decision, and the rotation after it. */
export const assignByRules = (
  { setup, state, now }: RoutingContext,
  lead: RoutedLead,
): { readonly facts: readonly LeadFact[]; readonly rotation: ChangedRotation | null } => {
  const { routing, rotation } = routeLead(setup, state, lead, now);
  return { facts: routedFacts(routing, setup.company, now), rotation };
};

/** A lead with the facts that routing rules may test now. */
const routedLead = (lead: CapturedLead, { touchpoints, rulesInForce, accountOwner }: AssignmentContext): RoutedLead => ({
  leadId: lead.leadId,
  facts: factsOf(lead, touchesOf(lead, touchpoints), rulesInForce.survivorship),
  accountOwner,
});

/** The rep who loses a lead does not get it back, neither by rotation nor as account owner. */
const without = ({ setup, ...context }: RoutingContext, rep: RepId | undefined): RoutingContext => {
  const reps = setup.company.reps.filter((one) => one.repId !== rep);
  return { ...context, setup: { ...setup, company: { ...setup.company, reps } } };
};

/**
 * Finds an owner for an open lead that has none, or whose owner loses it. A lead that is already in a queue stays there while no
 * rep is eligible.
 */
export const findOwner = (
  before: Lead,
  context: AssignmentContext,
  lost?: Pick<Requeued, 'from' | 'reason'>,
): AssignmentDecision<never> => {
  if (!isOpen(before)) return unchanged;
  const unassigned = lost === undefined ? undefined : unassignFrom(before, lost);
  if (lost === undefined ? before.owner !== null : unassigned === undefined) return unchanged;
  const routing = without(context.routing, lost?.from ?? gaveBackLast(before));
  const { facts, rotation } = assignByRules(routing, routedLead(before, context));
  const staysInQueue = before.queue !== null && facts.some((fact) => fact.name === 'LeadQueued');
  if (staysInQueue) return { decision: decided(), rotation };
  return { decision: decided(...(unassigned === undefined ? [] : [unassigned]), ...facts), rotation };
};

/** Gives a lead back and routes it again without its former owner; it waits in a queue if no other rep is eligible. */
export const giveBackAndReassign = (before: Lead, command: GiveBack, context: AssignmentContext): AssignmentDecision<GiveBackRefusal> => {
  const decision = giveBackLead(before, command);
  if ('refused' in decision || before.status === 'none' || before.owner === null) return { decision, rotation: null };
  const { facts, rotation } = assignByRules(without(context.routing, before.owner.repId), routedLead(before, context));
  return { decision: decided(...decision.events, ...facts), rotation };
};

/** An assignment by hand counts in the rotation of the lead as well. */
export const countedByHand = <R>(
  before: Lead,
  decision: Decision<LeadFact, R>,
  to: RepId,
  context: AssignmentContext,
): AssignmentDecision<R> => {
  if ('refused' in decision || decision.events.length === 0 || before.status === 'none') return { decision, rotation: null };
  const id = before.routing?.rotation ?? null;
  if (id !== null) return { decision, rotation: countInRotation(context.routing, id, to) };
  return { decision, rotation: countManualAssignment(context.routing, routedLead(before, context), to) };
};

/** Returns the rotation turn of a lead that was a duplicate or not real. */
export const returnTurn = (
  before: Lead,
  { rotations }: { readonly rotations: { readonly state: RoutingState } },
): AssignmentDecision<never> => {
  const returned = returnTurnOf(before);
  if (returned === undefined) return unchanged;
  const { rotation, repId } = returned.data;
  return { decision: decided(returned), rotation: uncountInRotation(rotations.state, rotation, repId) };
};
