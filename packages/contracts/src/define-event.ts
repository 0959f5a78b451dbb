import { instant, type Instant } from '@meilenstein/kernel';
import * as z from 'zod';

export const serviceNames = ['leads', 'pipeline', 'quota', 'forecast', 'reporting'] as const;
export type ServiceName = (typeof serviceNames)[number];

const origin = z.enum(['live', 'import']);
export type Origin = z.infer<typeof origin>;

/** What every event carries around its `data`; written in one place only, when a decision is committed. */
export const envelopeHead = z.object({
  id: z.string().min(1).describe('identifies the event, also when it is delivered again'),
  name: z.string().min(1),
  version: z.int().positive().describe("the version of the event's definition"),
  subject: z.string().min(1).describe("the aggregate's id"),
  sequence: z.int().positive().describe('position in the history of the aggregate, from 1'),
  generation: z
    .int()
    .positive()
    .optional()
    .describe(
      "how often the service's history was set back before the event was stored; absent: never. A later generation gives sequences again: from its first one on, events of earlier generations are void",
    ),
  occurredAt: instant.describe('when it happened'),
  recordedAt: instant.describe('when the company learned of it; forecasts, KPIs and `asOf` use this time'),
  storedAt: instant.describe('when this system stored it; audits use this time'),
  origin: origin.describe('`import`: taken over from a former system'),
  correlationId: z.string().min(1).describe('shared by everything that follows from one request, message or scheduled run'),
  causedBy: z.string().nullable().describe('id of the event that caused this one; null if a person or a schedule caused it'),
});
type EnvelopeHead = z.infer<typeof envelopeHead>;

/** An event on its way: the head and the published data. `confidential` never leaves the owner. */
export type Envelope<Name extends string = string, Data = unknown, Confidential = unknown> = Omit<EnvelopeHead, 'name'> & {
  readonly name: Name;
  readonly data: Data;
  readonly confidential?: Confidential;
};

/** What a rule decides: a fact without the head, which the commit adds. */
export type Fact<Name extends string = string, Data = unknown, Confidential = unknown> = {
  readonly name: Name;
  readonly version: number;
  readonly data: Data;
  readonly confidential?: Confidential;
  /** absent: it happened when it was stored */
  readonly occurredAt?: Instant;
  /** honoured for imports only, and never later than the time of storing */
  readonly recordedAt?: Instant;
};

/** A fact with its times filled in, as a fold receives it. After erasure `confidential` is missing. */
export type Happened<F> = F extends Fact ? F & { readonly occurredAt: Instant; readonly recordedAt: Instant } : never;

type Times = { readonly occurredAt?: Instant; readonly recordedAt?: Instant };

/** What an event says: the published half and, inside the owner's walls, the confidential one. */
type Content = { readonly data: unknown; readonly confidential?: unknown };

/** A version of an event that is no longer emitted and still lies in tables, queues and archives. */
export type EarlierVersion = {
  readonly version: number;
  /** reads content of this version and makes that of the next one of it; throws a ZodError that names the field */
  readonly lift: (content: Content) => Content;
};

/**
 * Keeps an earlier version of an event readable. `lift` is an upcaster: it makes of what this version said what the next one says, from the
 * event alone, so that history reads the same on every machine.
 */
export const earlierVersion = <Data extends z.ZodType, Confidential extends z.ZodType = z.ZodNever>(definition: {
  readonly version: number;
  readonly data: Data;
  readonly confidential?: Confidential;
  readonly lift: (content: { readonly data: z.output<Data>; readonly confidential?: z.output<Confidential> }) => Content;
}): EarlierVersion => ({
  version: definition.version,
  lift: ({ data, confidential }) => {
    const hidden =
      confidential === undefined || definition.confidential === undefined
        ? {}
        : { confidential: definition.confidential.parse(confidential) };
    return definition.lift({ data: definition.data.parse(data), ...hidden });
  },
});

/** An event came in a version that is newer than the newest one known here: its consumer was not deployed yet, or was rolled back. */
export class UnknownVersion extends Error {
  override readonly name = 'UnknownVersion';
}

/** One event as one value: its name, owner, version and schemas, and everything that is derived from them. */
export type EventDefinition<Name extends string, Data extends z.ZodType, Confidential extends z.ZodType> = {
  readonly name: Name;
  readonly owner: ServiceName;
  readonly version: number;
  /** one sentence for the catalogue */
  readonly meaning: string;
  readonly data: Data;
  readonly confidential: Confidential | undefined;
  /** what a rule on the bus filters on */
  readonly pattern: { readonly source: readonly [ServiceName]; readonly 'detail-type': readonly [Name] };
  /**
   * reads an envelope from the bus, in this version or lifted from an earlier one; throws a ZodError that names the field, or
   * UnknownVersion
   */
  readonly parse: (detail: unknown) => Envelope<Name, z.output<Data>>;
  /** as `parse`, with the confidential part where there is one */
  readonly read: (stored: unknown) => Envelope<Name, z.output<Data>, z.output<Confidential>>;
  /** the versions before this one, the oldest first */
  readonly earlier: readonly EarlierVersion[];
  /** the fact, for a rule */
  readonly of: (
    data: z.output<Data>,
    about?: Times & { readonly confidential?: z.output<Confidential> },
  ) => Fact<Name, z.output<Data>, z.output<Confidential>>;
};

/** Any event definition, for lists of them. */
export type AnyEvent = {
  readonly name: string;
  readonly owner: ServiceName;
  readonly version: number;
  readonly meaning: string;
  readonly data: z.ZodType;
  readonly confidential: z.ZodType | undefined;
  readonly pattern: { readonly source: readonly [ServiceName]; readonly 'detail-type': readonly [string] };
  readonly parse: (detail: unknown) => Envelope;
  readonly read: (stored: unknown) => Envelope;
  readonly earlier: readonly EarlierVersion[];
};

/** The envelope type of a definition, for handlers and projections. */
export type EnvelopeOf<Definition extends AnyEvent> = ReturnType<Definition['parse']>;

/** The fact type of a definition, for rules and folds. */
export type FactOf<Definition> = Definition extends { readonly of: (...args: never[]) => infer Made } ? Made : never;

/**
 * Defines an event. `data` is published and never personal; `confidential` (a person's fields, free text) stays with the owner.
 * Unknown fields are dropped on parsing, so a later producer may add optional ones.
 */
export const defineEvent = <const Name extends string, Data extends z.ZodType, Confidential extends z.ZodType = z.ZodNever>(definition: {
  readonly name: Name;
  readonly owner: ServiceName;
  readonly version: number;
  readonly meaning: string;
  readonly data: Data;
  readonly confidential?: Confidential;
  /** every version before this one, the oldest first */
  readonly earlier?: readonly EarlierVersion[];
}): EventDefinition<Name, Data, Confidential> => {
  const { name, owner, version, meaning, data, confidential, earlier = [] } = definition;
  if (earlier.some((one, index) => one.version !== index + 1) || earlier.length !== version - 1)
    throw new Error(`${name} v${version}: earlier must hold each version from 1 to ${version - 1}, in that order`);
  const envelope = envelopeHead.extend({ name: z.literal(name), data: z.unknown(), confidential: z.unknown().optional() });
  const lifted = (stored: unknown) => {
    const { data: said, confidential: hidden, ...head } = envelope.parse(stored);
    if (head.version > version) throw new UnknownVersion(`${name} came in version ${head.version}; the newest known here is ${version}`);
    const content = earlier
      .slice(head.version - 1)
      .reduce<Content>((before, one) => one.lift(before), { data: said, ...(hidden === undefined ? {} : { confidential: hidden }) });
    return { head: { ...head, name, version, data: data.parse(content.data) }, hidden: content.confidential };
  };
  return {
    name,
    owner,
    version,
    meaning,
    data,
    confidential,
    pattern: { source: [owner], 'detail-type': [name] },
    earlier,
    parse: (detail) => lifted(detail).head,
    read: (stored) => {
      const { head, hidden } = lifted(stored);
      return hidden === undefined || confidential === undefined ? head : { ...head, confidential: confidential.parse(hidden) };
    },
    of: (said, about) => ({ name, version, data: said, ...about }),
  };
};
