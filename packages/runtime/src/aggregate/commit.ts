import { actor, envelopeHead, type Actor, type Envelope } from '@meilenstein/contracts';
import * as z from 'zod';
import type { Published } from '../events/bus.ts';
import { deriveId } from '../identity.ts';
import type { Item } from '../table/table.ts';

/** What the events of one decision share is stored once: an item of up to 1 KB costs half as much as a larger one. */
const stored = z.object({
  name: z.string(),
  version: z.int().positive(),
  data: z.unknown(),
  occurredAt: envelopeHead.shape.occurredAt.optional(),
  recordedAt: envelopeHead.shape.recordedAt.optional(),
});

/** The published half of a decision: one item `<aggregate> / COMMIT#<first sequence>`, never overwritten, never expired. */
export const commit = z.looseObject({
  pk: z.string(),
  sk: z.templateLiteral(['COMMIT#', z.string().regex(/^\d{10}$/)]),
  owner: z.string(),
  storedAt: envelopeHead.shape.storedAt,
  origin: envelopeHead.shape.origin,
  generation: envelopeHead.shape.generation,
  correlationId: envelopeHead.shape.correlationId,
  causedBy: envelopeHead.shape.causedBy,
  /** who did it; audit reads it, and no event carries it. Older commits have none */
  actor: actor.optional(),
  events: z.array(stored).min(1),
});
export type Commit = z.infer<typeof commit>;

export const commitPrefix = 'COMMIT#';
export const position = (sequence: number): string => String(sequence).padStart(10, '0');

/** The id of an event: the same one each time it is read, published or republished. */
export const eventId = (owner: string, partition: string, sequence: number, generation = 0): string =>
  deriveId('event', owner, partition, String(sequence), ...(generation === 0 ? [] : [`generation ${generation}`]));

/**
 * What finds a commit for the audit: by the caller, and by the day. Commits of events and schedules follow from those of callers and are
 * found by their aggregate; entries for them would double what they cost.
 */
const auditIndex = (by: Actor | undefined, storedAt: string, partition: string): Readonly<Record<string, string>> =>
  by?.kind === 'caller'
    ? {
        gsi1pk: auditOfSubject(by.subject),
        gsi1sk: `${storedAt}#${partition}`,
        gsi2pk: auditOfDay(storedAt.slice(0, 10)),
        gsi2sk: `${storedAt}#${partition}`,
      }
    : {};

export const auditOfSubject = (subject: string): string => `AUDIT#SUBJECT#${subject}`;
export const auditOfDay = (day: string): string => `AUDIT#DAY#${day}`;

/** The item of a decision; its events follow each other and were stored together. */
export const commitItem = (partition: string, owner: string, events: readonly [Envelope, ...Envelope[]], by: Actor | undefined): Item => {
  const [{ sequence, storedAt, origin, correlationId, causedBy }] = events;
  const slim = events.map(({ name, version, data, occurredAt, recordedAt }) => ({
    name,
    version,
    data,
    ...(occurredAt === storedAt ? {} : { occurredAt }),
    ...(recordedAt === storedAt ? {} : { recordedAt }),
  }));
  return {
    pk: partition,
    sk: `${commitPrefix}${position(sequence)}`,
    owner,
    storedAt,
    origin,
    correlationId,
    causedBy,
    ...(by === undefined ? {} : { actor: by }),
    events: slim,
    ...auditIndex(by, storedAt, partition),
  };
};

/** The events of a commit as the bus takes them. */
export const eventsOf = ({
  pk,
  sk,
  owner,
  storedAt,
  origin,
  generation,
  correlationId,
  causedBy,
  events,
}: Commit): readonly Published[] => {
  const first = Number(sk.slice(commitPrefix.length));
  const subject = pk.slice(pk.indexOf('#') + 1);
  return events.map(({ name, version, data, occurredAt = storedAt, recordedAt = storedAt }, index): Published => {
    const sequence = first + index;
    const times = { occurredAt, recordedAt, storedAt };
    return {
      owner,
      envelope: {
        id: eventId(owner, pk, sequence, generation),
        name,
        version,
        subject,
        sequence,
        ...(generation === undefined ? {} : { generation }),
        ...times,
        origin,
        correlationId,
        causedBy,
        data,
      },
    };
  });
};
