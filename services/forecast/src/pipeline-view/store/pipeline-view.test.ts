import fc from 'fast-check';
import { day as toDayText, epochMillis, timeZone, toInstant } from '@meilenstein/kernel';
import type { PipelineEnvelope } from '@meilenstein/contracts';
import { memoryTable, type MemoryTable } from '@meilenstein/runtime/testing/memory-table';
import { describe, expect, it } from 'vitest';
import { companyDays, dayNumber } from '../domain/company-days.ts';
import { additionsOf, type Counts } from '@meilenstein/forecasting/counts/counters';
import type { Counter } from '@meilenstein/forecasting/input/forecast-input';
import { cohortOf, type Cohort } from '../../leaks/domain/cohort.ts';
import { historyFromTimeline } from '../domain/opportunity-history.ts';
import { netOrdersByNode } from '../domain/net-orders.ts';
import { daysAgo, eventsOf, now, process, yearOfStories, type Story } from '../../testing/example-history.ts';
import { forecastStores } from '../../stores.ts';

const stores = () => {
  const clock = { now: () => now };
  const table = memoryTable(clock);
  const machinery = { table, clock, ids: { next: () => 'id' }, delay: async () => {}, random: () => 0 };
  return { table, ...forecastStores(machinery) };
};

/** The content of the table without traces of how it arose: version numbers, and counters that have returned to 0. */
const contents = (table: MemoryTable): readonly string[] =>
  table
    .dump()
    .map(({ pk, sk, ...attributes }) => {
      const { version: _writes, ...kept } = attributes;
      const counters = Object.entries(kept).filter(([, value]) => value !== 0);
      return JSON.stringify([pk, sk, counters.toSorted(([a], [b]) => (a < b ? -1 : 1))]);
    })
    .filter((line) => !/^\["(MONTH|COHORTS)[^[]*\[\]\]$/.test(line))
    .toSorted();

const berlin = timeZone.parse('Europe/Berlin');
const read = async ({ facts }: ReturnType<typeof stores>, zone = berlin) => ({
  counters: await facts.counters(now, 'EUR', companyDays(zone)),
  open: await facts.open(),
  ended: await facts.ended(now),
  cohorts: await facts.cohorts(now),
});

const step = fc.constantFrom('need', 'offer', 'order', 'won', 'lost', 'cancelled', 'moved');
const story = (id: string): fc.Arbitrary<Story> =>
  fc.record({
    id: fc.constant(id),
    rep: fc.constantFrom('anna', 'ben', 'cora', 'dirk'),
    segment: fc.constantFrom('small', 'a # b/ü'),
    began: fc.integer({ min: 40, max: 300 }),
    minor: fc.option(fc.integer({ min: 1, max: 9_000_000 })),
    steps: fc.array(fc.record({ what: step, after: fc.integer({ min: 0, max: 8 }) }), { maxLength: 5 }),
  });

describe('the pipeline view', () => {
  it('is the same when every event arrives three times, in any order and in any batches', async () => {
    const stories = fc.tuple(story('a'), story('b'), story('c'));
    const anyHistory = stories.chain((three) => {
      const events: readonly PipelineEnvelope[] = [process, ...three.flatMap(eventsOf)];
      const thrice = [...events, ...events, ...events];
      return fc.record({
        clean: fc.constant(events),
        disorder: fc.shuffledSubarray(thrice, { minLength: thrice.length, maxLength: thrice.length }),
        batch: fc.integer({ min: 1, max: 9 }),
      });
    });
    await fc.assert(
      fc.asyncProperty(anyHistory, async ({ clean, disorder, batch }) => {
        const [first, second] = [stores(), stores()];
        await first.view.fold(clean);
        for (let from = 0; from < disorder.length; from += batch) await second.view.fold(disorder.slice(from, from + batch));
        expect(contents(second.table)).toEqual(contents(first.table));
      }),
      { numRuns: 60 },
    );
  });

  it('read in UTC days, equals the counts of the engine', async () => {
    const store = stores();
    const stories = yearOfStories(60);
    await store.view.fold([process, ...stories.flatMap(eventsOf)]);
    const { counters, open, ended } = await read(store, timeZone.parse('UTC'));
    const units = {
      dayOf: (at: typeof now) => Math.floor(epochMillis(at) / 86_400_000),
      valueOf: () => null,
    };
    const wanted = [...open, ...ended].flatMap(({ id, timeline }) => additionsOf(historyFromTimeline(id, timeline, units)));
    const inOrder = (some: readonly Counter[]) =>
      [...Map.groupBy(some, ({ key }) => JSON.stringify(key, Object.keys(key).concat('processId', 'segment', 'teamId', 'ownerId')))]
        .map(([key, group]): [string, Counts] => {
          const sums: Record<string, number> = {};
          for (const { counts } of group) for (const [name, n] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + n;
          const kept = Object.entries(sums).filter(([, n]) => n !== 0);
          return [key, Object.fromEntries(kept.toSorted(([a], [b]) => (a < b ? -1 : 1)))];
        })
        .filter(([, counts]) => Object.keys(counts).length > 0)
        .toSorted(([a], [b]) => (a < b ? -1 : 1));
    expect([...open, ...ended].length).toBe(60);
    expect(inOrder(counters)).toEqual(inOrder(wanted.map(({ key, by }) => ({ key, counts: by }))));
  });

  it('books an order on the day of its recording in the company’s zone', async () => {
    const store = stores();
    // a quarter past eleven at night in London is the next day in Berlin
    const late = eventsOf({ id: 'a', rep: 'ben', began: 9, minor: 100, steps: [{ what: 'won', after: 1 }] }).map((event) => ({
      ...event,
      recordedAt: toInstant('2026-10-31T23:15:00Z'),
    }));
    await store.view.fold(late);
    const wonOn = async (zone: string, day: string) => {
      const { counters } = await read(store, timeZone.parse(zone));
      const on = dayNumber(toDayText.parse(day));
      return netOrdersByNode(counters, []).of({ level: 'total', key: '' }, on, on + 1).minor;
    };
    expect([await wonOn('UTC', '2026-10-31'), await wonOn('Europe/Berlin', '2026-10-31')]).toEqual([100, 0]);
    expect([await wonOn('UTC', '2026-11-01'), await wonOn('Europe/Berlin', '2026-11-01')]).toEqual([0, 100]);
  });

  it('counts each entry of a milestone once, and when it went on; a loss stays an entry', async () => {
    const store = stores();
    const storyEvents = (id: string, steps: Story['steps']) =>
      eventsOf({ id, rep: 'ben', began: 20, minor: 5_000, segment: 'small', steps });
    await store.view.fold([
      ...storyEvents('won', [
        { what: 'need', after: 3 },
        { what: 'order', after: 4 },
        { what: 'won', after: 0 },
      ]),
      ...storyEvents('lost', [
        { what: 'need', after: 5 },
        { what: 'lost', after: 1 },
      ]),
      ...storyEvents('again', [
        { what: 'offer', after: 5 },
        { what: 'need', after: 1 },
      ]),
    ]);
    const { cohorts } = await read(store);
    const of = (milestoneId: string | null): Cohort => cohortOf(cohorts.filter((key) => key.milestoneId === milestoneId));
    expect([of(null).entries, [...of(null).onward], of(null).byAct.said]).toEqual([
      3,
      expect.arrayContaining([
        [3, 1],
        [5, 2],
      ]),
      3,
    ]);
    expect([of('need').entries, [...of('need').onward]]).toEqual([2, [[4, 1]]]);
    expect([of('offer').entries, of('order').entries]).toEqual([1, 0]);
  });

  it('has conversions that never improve when lost opportunities are closed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 20 }), async (wins) => {
        const [before, after] = [stores(), stores()];
        const storyEvents = (close: boolean) =>
          wins.flatMap((win, n) =>
            eventsOf({
              id: `o${n}`,
              rep: 'ben',
              began: 50,
              minor: 100,
              steps: win ? [{ what: 'need', after: 2 }] : close ? [{ what: 'lost', after: 3 }] : [],
            }),
          );
        await before.view.fold(storyEvents(false));
        await after.view.fold(storyEvents(true));
        const entered = (counters: readonly Cohort[]) => [cohortOf(counters).entries, [...cohortOf(counters).onward]];
        expect(entered((await read(after)).cohorts)).toEqual(entered((await read(before)).cohorts));
      }),
      { numRuns: 20 },
    );
  });

  it('finds the opportunities that ended since a day', async () => {
    const store = stores();
    const lost = (id: string, after: number) => eventsOf({ id, rep: 'ben', began: 30, minor: 100, steps: [{ what: 'lost', after }] });
    await store.view.fold([
      ...lost('long-ago', 2),
      ...lost('lately', 27),
      ...eventsOf({ id: 'open', rep: 'ben', began: 3, minor: 1, steps: [] }),
    ]);
    expect((await store.facts.endedSince(daysAgo(5), now)).map((one) => one.id)).toEqual(['lately']);
    expect((await store.facts.open()).map((one) => one.id)).toEqual(['open']);
    expect(await store.facts.receivedUntil()).toBe(daysAgo(3));
  });

  it('writes at most a dozen items for an event', async () => {
    const store = stores();
    const sizes: number[] = [];
    const { transact } = store.table;
    const counting: MemoryTable = {
      ...store.table,
      transact: async (writes) => {
        sizes.push(writes.length);
        return transact(writes);
      },
    };
    const clock = { now: () => now };
    const { view } = forecastStores({ table: counting, clock, ids: { next: () => 'id' }, delay: async () => {}, random: () => 0 });
    const steps = [
      { what: 'need', after: 1 },
      { what: 'offer', after: 30 },
      { what: 'won', after: 1 },
    ] as const;
    for (const event of eventsOf({ id: 'a', rep: 'ben', began: 50, minor: 100, steps })) await view.fold([event]);
    expect(sizes).toEqual([5, 7, 8, 8]);
  });
});
