import { leadsInMemory, recordOf } from '@meilenstein/leads/testing/leads-in-memory';
import { onFact } from '@meilenstein/reporting/facts/events/on-fact';
import { reportingStores } from '@meilenstein/reporting/stores';
import { commit, eventsOf } from '@meilenstein/runtime/aggregate/commit';
import type { Published } from '@meilenstein/runtime';
import { batchOf, inMemory } from '@meilenstein/runtime/testing/in-memory';
import { meteredTable, type Charge, type Meter } from './metered-table.ts';
import { bodyOf, type Shape } from './sample-delivery.ts';
import type { Templates } from './templates.ts';

export type Load = { readonly count: number; readonly bytes: number; readonly shape: Shape };

/** Capacity units for each new lead. */
export type Units = { readonly writes: number; readonly indexes: number; readonly reads: number };

type HotSpot = { readonly where: string; readonly share: number; readonly unitsPerLead: number };

export type WriteBench = {
  readonly leads: number;
  readonly intake: Units;
  readonly reader: Units;
  readonly readerAtOnce: Units;
  readonly consumers: ReadonlyMap<string, Units>;
  /** the same, with every event in a batch of its own */
  readonly consumersOneByOne: ReadonlyMap<string, Units>;
  readonly eventsPerLead: number;
  readonly commitsPerLead: number;
  /** how many messages each consumer gets for a lead */
  readonly messages: ReadonlyMap<string, number>;
  /** listeners of these events of which the bench does not know the handler */
  readonly unmeasured: readonly string[];
  /** items and partitions that more than the share below of all leads write */
  readonly hotItems: readonly HotSpot[];
  readonly hotPartitions: readonly HotSpot[];
};

const reps = 12;
const share = 0.1;
const rules = [
  { id: 'business-address', field: 'email', test: 'business-domain', points: 25 },
  { id: 'names-company', field: 'company', test: 'present', points: 20 },
];

const unitsOf = (charges: readonly Charge[], leads: number): Units => {
  const of = (kind: Charge['kind']): number => charges.filter((one) => one.kind === kind).reduce((sum, one) => sum + one.units, 0) / leads;
  return { writes: of('write'), indexes: of('index'), reads: of('read') };
};

const writesOnly = (charges: readonly Charge[]): readonly Charge[] => charges.filter((one) => one.kind !== 'read');

/** Places that many leads write, with what one lead costs there on average. */
const hot = (charges: readonly Charge[], leads: number, by: (charge: Charge) => string): readonly HotSpot[] =>
  [...Map.groupBy(writesOnly(charges), by)]
    .map(([where, some]) => ({ where, share: some.length / leads, unitsPerLead: some.reduce((sum, one) => sum + one.units, 0) / leads }))
    .filter((spot) => spot.share > share)
    .toSorted((a, b) => b.unitsPerLead - a.unitsPerLead);

const company = async (known: Templates) => {
  let meter: Meter | undefined;
  const leads = leadsInMemory('2026-03-02T09:00:00.000Z', {
    around: (table) => {
      meter = meteredTable(table, known.indexesOf('leads'));
      return meter.table;
    },
    tries: 100,
  });
  await leads.hire(...Array.from({ length: reps }, (_, index) => `rep-${index}`));
  await leads.call('PUT /points', { body: { rules }, headers: { 'if-match': '0' } });
  const source = await leads.register('standard-webhooks', { name: 'Contact form', country: 'DE' });
  if (meter === undefined) throw new Error('the table has no meter');
  return { leads, meter, source };
};

const ownReader = 'leads-on-submission-stored';

/** New leads, `atOnce` of them at the same time: what intake pays, and what the reader of stored submissions pays. */
const pay = async (known: Templates, { count, atOnce, ...kind }: Load & { readonly atOnce: number }) => {
  const { leads, meter, source } = await company(known);
  // The first lead makes the pool: that is no lead's cost.
  await leads.deliver(source, 'first', bodyOf(1_000_000, kind));
  await leads.settle();
  const begun = leads.table.commits().length;
  meter.reset();
  for (let n = 0; n < count; n += 1) await leads.deliver(source, `msg_${n}`, bodyOf(n, kind));
  const intake = [...meter.charges()];
  const stored = leads.table.commits(begun).flatMap((item) => eventsOf(commit.parse(item)));
  meter.reset();
  const read = async ({ envelope }: Published): Promise<void> => {
    while ((await leads.read({ Records: [recordOf(envelope, envelope.id)] })).batchItemFailures.length > 0);
  };
  for (let from = 0; from < stored.length; from += atOnce) await Promise.all(stored.slice(from, from + atOnce).map(read));
  const reader = [...meter.charges()];
  // The other consumers of leads; what they emit is delivered as well.
  const own = new Map<string, readonly Charge[]>();
  const events = () => leads.table.commits(begun).flatMap((item) => eventsOf(commit.parse(item)));
  for (let delivered = 0; delivered < events().length;) {
    const fresh = events().slice(delivered);
    delivered += fresh.length;
    for (const { name, hears } of known.listeners.filter((one) => one.name.startsWith('leads-') && one.name !== ownReader)) {
      meter.reset();
      for (const { owner, envelope } of fresh) if (hears(owner, envelope.name)) await leads.again(envelope);
      if (meter.charges().length > 0) own.set(name, [...(own.get(name) ?? []), ...meter.charges()]);
    }
  }
  return { intake, reader, own, commits: leads.table.commits(begun).length, events: events() };
};

/** What reporting pays for these events, in batches as the queue hands them over. */
const reportingPays = async (known: Templates, events: readonly Published[], batch: number): Promise<readonly Charge[]> => {
  const machinery = inMemory('2026-03-02T09:00:00.000Z');
  const meter = meteredTable(machinery.table, known.indexesOf('reporting'));
  const deps = { ...machinery, table: meter.table };
  const handle = onFact({ ...deps, stores: reportingStores(deps) }, machinery.consumer);
  for (let from = 0; from < events.length; from += batch)
    await handle(batchOf(...events.slice(from, from + batch).map(({ envelope }) => envelope)));
  if (machinery.sent.length > 0)
    throw new Error(`reporting sent ${machinery.sent.length} messages to the dead-letter queue: ${machinery.sent[0]?.reason}`);
  return [...meter.charges()];
};

const consumers: Readonly<Record<string, typeof reportingPays>> = { 'reporting-on-fact': reportingPays };

/** What new leads write, counted at the tables of every service that hears of them. */
export const writeBench = async (known: Templates, load: Load): Promise<WriteBench> => {
  const { count } = load;
  const { intake, reader, own, commits, events } = await pay(known, { ...load, atOnce: 1 });
  const atOnce = await pay(known, { ...load, atOnce: 10 });
  const delivered = known.listeners.map((listener) => ({
    listener: listener.name,
    events: events.filter(({ owner, envelope }) => listener.hears(owner, envelope.name)),
  }));
  const listening = delivered.filter((one) => one.events.length > 0);
  const paid = new Map<string, readonly Charge[]>(own);
  const oneByOne = new Map<string, Units>([...own].map(([name, charges]) => [name, unitsOf(charges, count)]));
  for (const { listener, events: some } of listening) {
    const consumer = consumers[listener];
    if (consumer === undefined) continue;
    paid.set(listener, await consumer(known, some, 10));
    oneByOne.set(listener, unitsOf(await consumer(known, some, 1), count));
  }
  const everything = [
    ...[...intake, ...reader].map((one): Charge => ({ ...one, item: `leads ${one.item}`, partition: `leads ${one.partition}` })),
    ...[...paid].flatMap(([listener, charges]) =>
      charges.map((one): Charge => ({ ...one, item: `${listener} ${one.item}`, partition: `${listener} ${one.partition}` })),
    ),
  ];
  return {
    leads: count,
    intake: unitsOf(intake, count),
    reader: unitsOf(reader, count),
    readerAtOnce: unitsOf(atOnce.reader, count),
    consumers: new Map([...paid].map(([listener, charges]) => [listener, unitsOf(charges, count)])),
    consumersOneByOne: oneByOne,
    eventsPerLead: events.length / count,
    commitsPerLead: commits / count,
    messages: new Map(listening.map((one) => [one.listener, one.events.length / count])),
    unmeasured: listening
      .map((one) => one.listener)
      .filter((name) => consumers[name] === undefined && !paid.has(name) && name !== ownReader),
    hotItems: hot(everything, count, (one) => one.item),
    hotPartitions: hot(everything, count, (one) => one.partition),
  };
};
