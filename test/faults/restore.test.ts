import { pipelineEvents, repEstimateImported, reportingOnFact, type Envelope } from '@meilenstein/contracts';
import { seeded, type Random } from '@meilenstein/demo/company/random';
import { forecastStores } from '@meilenstein/forecast/stores';
import { evidence, pipelineInMemory, type PipelineInMemory } from '@meilenstein/pipeline/testing/pipeline-in-memory';
import { reportingStores } from '@meilenstein/reporting/stores';
import type { Item } from '@meilenstein/runtime';
import { commit, eventsOf } from '@meilenstein/runtime/aggregate/commit';
import { raiseGeneration, withGeneration } from '@meilenstein/runtime/aggregate/generation';
import { forgetLostFuture, isLost } from '@meilenstein/runtime/events/forget-lost-future';
import { inMemory, type InMemory } from '@meilenstein/runtime/testing/in-memory';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { receivedOf } from './business-in-process.ts';

const minute = 60_000;
const names = pipelineEvents.map((event) => event.name);

const watcher = () => {
  const [forecast, reporting] = [inMemory('2026-03-02T09:00:00.000Z'), inMemory('2026-03-02T09:00:00.000Z')];
  const [views, reports] = [forecastStores(forecast), reportingStores(reporting)];
  return {
    hear: async (events: readonly Envelope[]): Promise<void> => {
      await views.view.fold(receivedOf(pipelineEvents, events));
      await views.estimates.fold(receivedOf([repEstimateImported], events));
      await reports.facts.fold(receivedOf(reportingOnFact.receives, events));
    },
    forget: async (lost: ReturnType<typeof isLost>): Promise<number> =>
      (await forgetLostFuture(forecast.table, [views.view, views.estimates], lost)) +
      (await forgetLostFuture(reporting.table, [reports.facts], lost)),
    /** what the views say: counters that came back to 0 and how often a row was written are no part of it */
    shown: (): readonly string[] => [forecast, reporting].flatMap(shownIn),
  };
};

const shownIn = ({ table }: InMemory): readonly string[] =>
  table
    .dump()
    .map(({ version: _, ...item }) => Object.entries(item).filter(([, value]) => value !== 0))
    .filter((attributes) => attributes.length > 2)
    .map((attributes) => JSON.stringify(attributes.toSorted(([a], [b]) => (a < b ? -1 : 1))))
    .toSorted();

const historyIn = (items: readonly Item[]): readonly Envelope[] =>
  items.filter((item) => item.sk.startsWith('COMMIT#')).flatMap((item) => eventsOf(commit.parse(item)).map(({ envelope }) => envelope));

/** A pipeline whose table can be set back, and carries its generation as the deployed one does. */
const restorable = async () => {
  const pipeline = await pipelineInMemory();
  const raw = { ...pipeline.table };
  Object.assign(pipeline.table, { transact: withGeneration(raw, pipeline.clock).transact });
  const opportunities: string[] = [];
  return {
    pipeline,
    opportunities,
    history: () => historyIn(pipeline.table.dump()),
    setBack: async (items: readonly Item[], known: readonly string[]): Promise<void> => {
      for (const { pk, sk } of pipeline.table.dump()) expect(await raw.transact([{ remove: { pk, sk } }])).toEqual({ done: true });
      for (const item of items) expect(await raw.transact([{ put: item }])).toEqual({ done: true });
      opportunities.splice(0, opportunities.length, ...known);
    },
  };
};

type Restorable = Awaited<ReturnType<typeof restorable>>;

const step = async ({ pipeline, opportunities }: Restorable, random: Random): Promise<void> => {
  pipeline.move(minute);
  const id = opportunities[Math.floor(random() * opportunities.length)];
  const which = random();
  if (id === undefined || which < 0.3) {
    opportunities.push(await pipeline.open(random() < 0.5 ? 'ann' : 'bob', { amount: { amount: '1000.00', currency: 'EUR' } }));
    return;
  }
  const amount = { amount: `${1 + Math.floor(random() * 5)}000.00`, currency: 'EUR' };
  if (which < 0.5) await pipeline.command(id, 'amend', { amount });
  else if (which < 0.65) await pipeline.command(id, 'milestones', { milestoneId: 'need-named', evidence: evidence('said') });
  else if (which < 0.8) await pipeline.command(id, 'milestones', { milestoneId: 'plant-shown', evidence: evidence('did') });
  else if (which < 0.9) await pipeline.command(id, 'lose', { reason: 'price' });
  else await pipeline.command(id, 'milestones', { milestoneId: 'ordered', evidence: evidence('wrote') });
};

const play = async (service: Restorable, random: Random, steps: number): Promise<void> => {
  for (let n = 0; n < steps; n += 1) await step(service, random);
};

/** Tells events in an order that the seed decides, some of them twice. */
const tell = async (to: ReturnType<typeof watcher>, events: readonly Envelope[], random: Random): Promise<void> => {
  const deliveries = [...events, ...events.filter(() => random() < 0.3)]
    .map((event) => ({ event, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ event }) => event);
  for (let from = 0; from < deliveries.length; from += 7) await to.hear(deliveries.slice(from, from + 7));
};

const refoldOf = async (service: Restorable): Promise<readonly string[]> => {
  const fresh = watcher();
  await fresh.hear(service.history());
  return fresh.shown();
};

const eventCount = (pipeline: PipelineInMemory, generation: number): number =>
  historyIn(pipeline.table.dump()).filter((event) => (event.generation ?? 0) === generation).length;

describe('a service that is set back to an earlier point', () => {
  it('gives its next events another identity, although their sequences were given before', async () => {
    const service = await restorable();
    const { pipeline } = service;
    const id = await pipeline.open();
    const [before, known] = [pipeline.table.dump(), [...service.opportunities]];
    const amend = async (amount: string): Promise<Envelope | undefined> => {
      pipeline.move(minute);
      expect((await pipeline.command(id, 'amend', { amount: { amount, currency: 'EUR' } })).status).toBe(200);
      return service.history().findLast((event) => event.subject === id);
    };
    const lost = await amend('1000.00');
    await service.setBack(before, known);
    const { generation, until } = await raiseGeneration(pipeline);
    pipeline.move(2 * minute);
    const next = await amend('2000.00');
    expect({ generation, until }).toEqual({ generation: 1, until: before.map((item) => item['storedAt']).findLast(Boolean) });
    expect(next).toMatchObject({ sequence: lost?.sequence, generation: 1 });
    expect(next?.id).not.toBe(lost?.id);
    expect(lost).not.toHaveProperty('generation');
  });

  it('leaves its watchers with what its table says, however the events of the past, the lost and the new future arrive', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        const random = seeded(seed);
        const service = await restorable();
        const views = watcher();
        await play(service, random, 12);
        const past = { items: service.pipeline.table.dump(), known: [...service.opportunities] };
        await play(service, random, 12);
        const lost = service.history();
        await tell(views, lost, random);

        await service.setBack(past.items, past.known);
        const setBack = await raiseGeneration(service.pipeline);
        await views.forget(isLost(setBack, names));
        expect(views.shown()).toEqual(await refoldOf(service));

        service.pipeline.move(2 * minute);
        await play(service, random, 12);
        expect(eventCount(service.pipeline, 1)).toBeGreaterThan(0);
        // What was still in a queue may come late: of subjects that have gone on, it changes nothing.
        const gone = new Map(
          service.history().flatMap((event) => (event.generation === undefined ? [] : [[event.subject, event.sequence]])),
        );
        const late = lost.filter((event) => event.sequence >= (gone.get(event.subject) ?? Number.POSITIVE_INFINITY));
        await tell(views, [...service.history(), ...late], random);
        expect(views.shown()).toEqual(await refoldOf(service));
      }),
      { numRuns: 6, endOnFailure: true },
    );
  }, 120_000);

  it('can be set back twice', async () => {
    const random = seeded(4);
    const service = await restorable();
    const views = watcher();
    await play(service, random, 10);
    const past = { items: service.pipeline.table.dump(), known: [...service.opportunities] };
    for (const generation of [1, 2]) {
      await play(service, random, 10);
      await tell(views, service.history(), random);
      // The table of the past knows nothing of the first time.
      await service.setBack(past.items, past.known);
      const setBack = await raiseGeneration(service.pipeline, generation - 1);
      expect(setBack.generation).toBe(generation);
      await views.forget(isLost(setBack, names));
      service.pipeline.move(2 * minute);
    }
    await play(service, random, 10);
    await tell(views, service.history(), random);
    expect(views.shown()).toEqual(await refoldOf(service));
  });
});
