import { giveBackReason, leadUnassigned, queuePlace, type FactOf, type Happened, type leadRoutingEvents } from '@meilenstein/contracts';
import { instant, repId, teamId, type Instant } from '@meilenstein/kernel';
import * as z from 'zod';

type PlaceFact = Happened<FactOf<(typeof leadRoutingEvents)[number]>>;
type LeadRouted = Extract<PlaceFact, { name: 'LeadRouted' }>;

/** A decision about where a lead goes, with everything that a person needs to understand it. */
export type RoutedRecord = Omit<LeadRouted['data'], 'leadId' | 'excluded'> & {
  readonly at: Instant;
  readonly excluded: readonly (LeadRouted['data']['excluded'][number] & { readonly words: string })[];
  readonly rules: NonNullable<LeadRouted['confidential']>['rules'];
};

const takenReason = leadUnassigned.data.shape.reason;

/** Where a lead is and why. Older states have none of it. */
export const place = z.object({
  owner: z.object({ repId, teamId, assignedAt: instant, reason: z.string() }).nullable(),
  /** the last decision; why it was so stands in the history, once */
  routing: z.object({ at: instant, rotation: z.string().nullable() }).nullable().default(null),
  queue: queuePlace.nullable().default(null),
  /** its owner was given back the turn that it had cost */
  credited: z.boolean().default(false),
  /** who had it when it was given back last; the reason is gone after erasure */
  givenBack: z
    .object({ repId, at: instant, byOwner: z.boolean(), reason: giveBackReason.nullable(), note: z.string().nullable() })
    .nullable()
    .default(null),
  /** who it was taken from last by the rules, and why; missing where that never happened */
  taken: z.object({ repId, at: instant, reason: takenReason }).optional(),
});
export type Place = z.infer<typeof place>;

export const noPlace: Place = { owner: null, routing: null, queue: null, credited: false, givenBack: null };

/** The decision as it was said; what was seen of the person is gone after erasure. */
export const routedRecord = ({ data, confidential, occurredAt: at }: LeadRouted): RoutedRecord => {
  const { leadId: _lead, excluded, ...rest } = data;
  return {
    at,
    ...rest,
    excluded: excluded.map((one, index) => ({ ...one, words: confidential?.excluded[index] ?? '' })),
    rules: confidential?.rules ?? [],
  };
};

export const evolvePlace = <Lead extends Place>(before: Lead, fact: PlaceFact): Lead => {
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
      return { ...before, owner: null, credited: false, taken: { repId: fact.data.repId, at: fact.occurredAt, reason: fact.data.reason } };
    case 'LeadGivenBack': {
      const { repId: from, byOwner } = fact.data;
      const { reason = null, note = null } = fact.confidential ?? {};
      return { ...before, owner: null, credited: false, givenBack: { repId: from, at: fact.occurredAt, byOwner, reason, note } };
    }
    case 'LeadCredited':
      return { ...before, credited: true };
  }
};
