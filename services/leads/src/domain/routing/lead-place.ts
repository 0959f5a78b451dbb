import {
  destination,
  exclusionCode,
  giveBackReason,
  queuePlace,
  type FactOf,
  type Happened,
  type leadRoutingEvents,
} from '@meilenstein/contracts';
import { instant, repId, teamId } from '@meilenstein/kernel';
import * as z from 'zod';

/** The last decision about where a lead goes, with everything that a person needs to understand it. */
export const routedRecord = z.object({
  at: instant,
  version: z.int().nonnegative(),
  ruleId: z.string().nullable(),
  territoryId: z.string().nullable(),
  rotation: z.string().nullable(),
  to: destination,
  eligible: z.int().nonnegative(),
  candidates: z.array(z.object({ repId, count: z.int(), weight: z.int() })),
  excludedBy: z.record(z.string(), z.int()),
  excluded: z.array(z.object({ repId, code: exclusionCode, words: z.string() })),
  rules: z.array(z.object({ id: z.string(), name: z.string(), answer: z.enum(['yes', 'no', 'unknown']), words: z.string() })),
});
export type RoutedRecord = z.infer<typeof routedRecord>;

/** Where a lead is and why. Older states have none of it. */
export const place = z.object({
  owner: z.object({ repId, teamId, assignedAt: instant, reason: z.string() }).nullable(),
  routing: routedRecord.nullable().default(null),
  queue: queuePlace.nullable().default(null),
  /** its owner was given back the turn that it had cost */
  credited: z.boolean().default(false),
  /** who had it when it was given back last; the reason is gone after erasure */
  givenBack: z
    .object({ repId, at: instant, byOwner: z.boolean(), reason: giveBackReason.nullable(), note: z.string().nullable() })
    .nullable()
    .default(null),
});
export type Place = z.infer<typeof place>;

export const noPlace: Place = { owner: null, routing: null, queue: null, credited: false, givenBack: null };

type PlaceFact = Happened<FactOf<(typeof leadRoutingEvents)[number]>>;

const recordOf = ({ data, confidential, occurredAt: at }: Extract<PlaceFact, { name: 'LeadRouted' }>): RoutedRecord => {
  const { leadId: _lead, excluded, ...rest } = data;
  // What was seen of the person is gone after erasure.
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
      return { ...before, routing: recordOf(fact) };
    case 'LeadQueued': {
      const { queueId, teamId: team, dueAt, reason } = fact.data;
      return { ...before, queue: { queueId, teamId: team, since: fact.occurredAt, dueAt, reason, isOverdue: false } };
    }
    case 'LeadQueueOverdue':
      return { ...before, queue: before.queue === null ? null : { ...before.queue, isOverdue: true } };
    case 'LeadUnassigned':
      return { ...before, owner: null, credited: false };
    case 'LeadGivenBack': {
      const { repId: from, byOwner } = fact.data;
      const { reason = null, note = null } = fact.confidential ?? {};
      return { ...before, owner: null, credited: false, givenBack: { repId: from, at: fact.occurredAt, byOwner, reason, note } };
    }
    case 'LeadCredited':
      return { ...before, credited: true };
  }
};
