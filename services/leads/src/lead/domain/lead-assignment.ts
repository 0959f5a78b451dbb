import { giveBackReason, leadUnassigned, queueEntry, type FactOf, type Happened, type leadRoutingEvents } from '@meilenstein/contracts';
import { instant, repId, teamId, type InLanguages, type Instant } from '@meilenstein/kernel';
import * as z from 'zod';

type AssignmentFact = Happened<FactOf<(typeof leadRoutingEvents)[number]>>;
type LeadRouted = Extract<AssignmentFact, { name: 'LeadRouted' }>;

/** A routing decision with everything that a person needs to understand it. */
export type RoutingRecord = Omit<LeadRouted['data'], 'leadId' | 'excluded'> & {
  readonly at: Instant;
  readonly excluded: readonly (LeadRouted['data']['excluded'][number] & { readonly words: InLanguages<string> | null })[];
  readonly rules: NonNullable<LeadRouted['confidential']>['rules'];
};

const unassignReason = leadUnassigned.data.shape.reason;

/** Who owns a lead or where it waits, and why. Older states have none of these fields. */
export const assignmentState = z.object({
  owner: z.object({ repId, teamId, assignedAt: instant, reason: z.string() }).nullable(),
  /** the last decision; its reasons are in the history */
  routing: z.object({ at: instant, rotation: z.string().nullable() }).nullable().default(null),
  queue: queueEntry.nullable().default(null),
  /** the rotation turn of its owner was returned */
  turnReturned: z.boolean().default(false),
  /** the owner who gave it back last; erasure removes the reason */
  givenBack: z
    .object({ repId, at: instant, byOwner: z.boolean(), reason: giveBackReason.nullable(), note: z.string().nullable() })
    .nullable()
    .default(null),
  /** the owner from whom the rules took it last, and why; missing if that never happened */
  lastUnassigned: z.object({ repId, at: instant, reason: unassignReason }).optional(),
});
export type AssignmentState = z.infer<typeof assignmentState>;

export const noAssignment: AssignmentState = { owner: null, routing: null, queue: null, turnReturned: false, givenBack: null };

/** The decision as it was recorded; erasure removes the values of the person. */
export const routingRecord = ({ data, confidential, occurredAt: at }: LeadRouted): RoutingRecord => {
  const { leadId: _lead, excluded, ...rest } = data;
  return {
    at,
    ...rest,
    excluded: excluded.map((one, index) => ({ ...one, words: confidential?.excluded[index] ?? null })),
    rules: confidential?.rules ?? [],
  };
};

export const evolveAssignment = <Lead extends AssignmentState>(before: Lead, fact: AssignmentFact): Lead => {
  switch (fact.name) {
    case 'LeadRouted':
      return { ...before, routing: { at: fact.occurredAt, rotation: fact.data.rotation } };
    case 'LeadQueued': {
      const { queueId, teamId: team, dueAt, reason } = fact.data;
      return { ...before, queue: { queueId, teamId: team, since: fact.occurredAt, dueAt, reason, isOverdue: false } };
    }
    case 'LeadQueueOverdue':
      return { ...before, queue: before.queue === null ? null : { ...before.queue, isOverdue: true } };
    case 'LeadUnassigned':
      return {
        ...before,
        owner: null,
        turnReturned: false,
        lastUnassigned: { repId: fact.data.repId, at: fact.occurredAt, reason: fact.data.reason },
      };
    case 'LeadGivenBack': {
      const { repId: from, byOwner } = fact.data;
      const { reason = null, note = null } = fact.confidential ?? {};
      return { ...before, owner: null, turnReturned: false, givenBack: { repId: from, at: fact.occurredAt, byOwner, reason, note } };
    }
    case 'RotationTurnReturned':
      return { ...before, turnReturned: true };
  }
};
