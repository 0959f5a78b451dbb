import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  companyEvents,
  creditGranted,
  creditReversed,
  envelopeReader,
  factReader,
  leadEvents,
  opportunityEvents,
  pipelineEvents,
  repEstimateImported,
  reportingOnFact,
  targetsSet,
  type AnyEvent,
  type Envelope,
} from '@meilenstein/contracts';
import { forecastStores } from '@meilenstein/forecast/stores';
import { canonicalJson, toInstant } from '@meilenstein/kernel';
import { evolveLead, lead, noLead } from '@meilenstein/leads/lead/domain/lead';
import type { Cloud } from '@meilenstein/local';
import { evolveOpportunity, noOpportunity } from '@meilenstein/pipeline/opportunities/domain/opportunity';
import { evolveCredit, noCredit } from '@meilenstein/quota/credits/domain/credit';
import { reportingStores } from '@meilenstein/reporting/stores';
import { companyCopy, randomIds, type Item, type Machinery } from '@meilenstein/runtime';
import { dynamoTable } from '@meilenstein/runtime/table/dynamo-table';
import { memoryTable, type MemoryTable } from '@meilenstein/runtime/testing/memory-table';
import { commit, eventsOf } from '@meilenstein/runtime/aggregate/commit';
import * as z from 'zod';

const clock = { now: () => toInstant(Date.now()) };

/** Every item of a service's table, as it lies in the local cloud. */
export const itemsOf = async (cloud: Cloud, service: string): Promise<readonly Item[]> => {
  const {
    AWS_ENDPOINT_URL_DYNAMODB: endpoint = '',
    AWS_REGION: region = '',
    AWS_ACCESS_KEY_ID: accessKeyId = '',
    AWS_SECRET_ACCESS_KEY: secretAccessKey = '',
  } = cloud.endpoints;
  const client = new DynamoDBClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
  const table = dynamoTable(`meilenstein-dev-${service}`, client, clock);
  const items: Item[] = [];
  for (let after: string | null = null, first = true; first || after !== null; first = false) {
    const page: Awaited<ReturnType<typeof table.scan>> = await table.scan(after);
    items.push(...page.items);
    after = page.next;
  }
  client.destroy();
  return items;
};

/** Every published event that the tables remember. */
export const historyOf = (items: readonly Item[]): readonly Envelope[] =>
  items.filter((item) => item.sk.startsWith('COMMIT#')).flatMap((item) => eventsOf(commit.parse(item)).map(({ envelope }) => envelope));

const isHistory = (item: Item): boolean =>
  /^(COMMIT|CONFIDENTIAL)#/.test(item.sk) || item.sk === 'STATE' || /^(CLAIM|IDEMPOTENCY|IMPORT|EARLIER|REPLAYED)#/.test(item.pk);
const meaning = ({ version: _, ...item }: Item): string => canonicalJson(item);
/** An item of sums that came back to zero is as good as none. */
const isNothing = (item: Item): boolean =>
  Object.entries(item).every(([name, value]) => name === 'pk' || name === 'sk' || name === 'version' || value === 0);

const viewItems = (items: readonly Item[]): ReadonlyMap<string, string> =>
  new Map(
    items.filter((item) => !isHistory(item) && !isNothing(item)).map((item) => [`${item.pk} ${item.sk}`, meaning(withoutZeros(item))]),
  );

const withoutZeros = (item: Item): Item => ({
  pk: item.pk,
  sk: item.sk,
  ...Object.fromEntries(Object.entries(item).filter(([, value]) => value !== 0)),
});

const differing = (a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): string[] =>
  [...new Set([...a.keys(), ...b.keys()])].filter((key) => a.get(key) !== b.get(key)).slice(0, 5);

const machinery = (): Machinery & { readonly table: MemoryTable } => ({
  table: memoryTable(clock),
  clock,
  ids: randomIds,
  delay: async () => {},
  random: () => 0,
});

const heardBy = <Definition extends AnyEvent>(hears: readonly Definition[], events: readonly Envelope[]) => {
  const names = new Set(hears.map((one) => one.name));
  return events.filter((event) => names.has(event.name)).map(envelopeReader(hears));
};

export type Refolded = { readonly view: string; readonly compared: number; readonly different: readonly string[] };

const compare = (view: string, there: readonly Item[], again: readonly Item[]): Refolded => {
  const [a, b] = [viewItems(there), viewItems(again)];
  return { view, compared: a.size, different: differing(a, b) };
};

/** Watchers: all events of all tables folded into an empty table, in one go. */
const refoldWatchers = async (tables: ReadonlyMap<string, readonly Item[]>, events: readonly Envelope[]): Promise<Refolded[]> => {
  const [forecast, reporting, copies] = [machinery(), machinery(), machinery()];
  await forecastStores(forecast).view.fold(heardBy(pipelineEvents, events));
  await forecastStores(forecast).estimates.fold(heardBy([repEstimateImported], events));
  await forecastStores(forecast).targets.fold(heardBy([targetsSet], events));
  await forecastStores(forecast).company.fold(heardBy(companyEvents, events));
  await reportingStores(reporting).facts.fold(heardBy(reportingOnFact.receives, events));
  await reportingStores(reporting).company.fold(heardBy(companyEvents, events));
  await companyCopy(copies).fold(heardBy(companyEvents, events));
  const copyOf = (service: string) => (tables.get(service) ?? []).filter((item) => item.pk === 'COMPANY');
  return [
    compare('forecast', tables.get('forecast') ?? [], forecast.table.dump()),
    compare('reporting', tables.get('reporting') ?? [], reporting.table.dump()),
    ...['leads', 'pipeline'].map((service) => compare(`${service}: its copy of the company`, copyOf(service), copies.table.dump())),
  ];
};

const stateItem = z.looseObject({ state: z.unknown() });
const parts = z.looseObject({ parts: z.record(z.string(), z.unknown()) });

/** Deciders: each state from its own commits and confidential parts. */
const refoldStates = <State, F>(
  view: string,
  items: readonly Item[],
  prefix: string,
  fold: {
    readonly initial: State;
    readonly fact: (stored: unknown) => F;
    readonly evolve: (state: State, fact: F) => State;
    /** the stored state as it is read; absent: as it is stored */
    readonly read?: (stored: unknown) => State;
  },
): Refolded => {
  const own = Map.groupBy(
    items.filter((item) => item.pk.startsWith(`${prefix}#`)),
    (item) => item.pk,
  );
  const different = [...own].flatMap(([pk, group]) => {
    const hidden = Object.assign({}, ...group.filter((item) => item.sk.startsWith('CONFIDENTIAL#')).map((item) => parts.parse(item).parts));
    const confidential = z.record(z.string(), z.unknown()).parse(hidden);
    const facts = historyOf(group)
      .toSorted((a, b) => a.sequence - b.sequence)
      .map((event) => fold.fact({ ...event, confidential: confidential[String(event.sequence)] }));
    const state = group.find((item) => item.sk === 'STATE');
    const stored = state === undefined ? undefined : stateItem.parse(state).state;
    const found = stored === undefined || fold.read === undefined ? stored : fold.read(stored);
    return canonicalJson(found) === canonicalJson(facts.reduce(fold.evolve, fold.initial)) ? [] : [pk];
  });
  return { view, compared: own.size, different: different.slice(0, 5) };
};

/** Where a view or a state is not what its events say. */
export const refoldDifferences = async (cloud: Cloud): Promise<readonly Refolded[]> => {
  const services = ['leads', 'pipeline', 'quota', 'forecast', 'reporting'];
  const tables = new Map(await Promise.all(services.map(async (service) => [service, await itemsOf(cloud, service)] as const)));
  const events = [...tables.values()].flatMap(historyOf);
  const of = (service: string) => tables.get(service) ?? [];
  return [
    ...(await refoldWatchers(tables, events)),
    refoldStates('leads', of('leads'), 'LEAD', {
      initial: noLead,
      evolve: evolveLead,
      fact: factReader(leadEvents),
      read: (stored) => lead.parse(stored),
    }),
    refoldStates('opportunities', of('pipeline'), 'OPPORTUNITY', {
      initial: noOpportunity,
      evolve: evolveOpportunity,
      fact: factReader(opportunityEvents),
    }),
    refoldStates('credits', of('quota'), 'CREDIT', {
      initial: noCredit,
      evolve: evolveCredit,
      fact: factReader([creditGranted, creditReversed]),
    }),
  ];
};
