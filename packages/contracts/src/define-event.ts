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
  /** reads an envelope from the bus; throws a ZodError that names the field */
  readonly parse: (detail: unknown) => Envelope<Name, z.output<Data>>;
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
}): EventDefinition<Name, Data, Confidential> => {
  const { name, owner, version, meaning, data, confidential } = definition;
  const envelope = envelopeHead.extend({ name: z.literal(name), version: z.literal(version), data: z.unknown() });
  return {
    name,
    owner,
    version,
    meaning,
    data,
    confidential,
    pattern: { source: [owner], 'detail-type': [name] },
    parse: (detail) => {
      const parsed = envelope.parse(detail);
      return { ...parsed, name, data: data.parse(parsed.data) };
    },
    of: (said, about) => ({ name, version, data: said, ...about }),
  };
};
