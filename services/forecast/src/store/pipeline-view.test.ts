import fc from 'fast-check';
import { addMillis, day } from '@meilenstein/kernel';
import type { PipelineEnvelope } from '@meilenstein/contracts';
import { memoryTable, type MemoryTable } from '@meilenstein/runtime/memory-table';
import { describe, expect, it } from 'vitest';
import { company, daysAgo, eventsOf, now, process, yearOfStories, type Story } from '../example-history.ts';
import { settingsOf } from '../domain/question.ts';
import { forecastStores } from './forecast-stores.ts';
import { squareParts, squaresOf } from './pipeline-view.ts';

const shelves = () => {
  const clock = { now: () => now };
  const table = memoryTable(clock);
  const machinery = { table, clock, ids: { next: () => 'id' }, delay: async () => {}, random: () => 0 };
  return { table, ...forecastStores(machinery) };
};

/** What is in the table, without how it came there: how often a row was written, and counters that went up and down again. */
const contents = (table: MemoryTable): readonly string[] =>
  table
    .dump()
    .map(({ pk, sk, ...attributes }) => {
      const { version: _writes, ...kept } = attributes;
      const counters = Object.entries(kept).filter(([, value]) => value !== 0);
      return JSON.stringify([pk, sk, counters.toSorted(([a], [b]) => (a < b ? -1 : 1))]);
    })
    .filter((line) => !/^\["MONTH[^[]*\[\]\]$/.test(line))
    .toSorted();

const today = day.parse('2026-11-10');
const settings = settingsOf(company);
const read = async ({ facts }: ReturnType<typeof shelves>) => {
  if (settings === undefined) throw new Error('the example company has settings');
  return {
    history: await facts.history(settings, now),
    open: await facts.open(company, today, {}),
    booked: await facts.booked(company, settings, { from: daysAgo(40), until: now }, {}),
  };
};

const step = fc.constantFrom('need', 'offer', 'order', 'won', 'lost', 'cancelled', 'moved');
const story = (id: string): fc.Arbitrary<Story> =>
  fc.record({
    id: fc.constant(id),
    rep: fc.constantFrom('anna', 'ben', 'cora', 'dirk'),
    began: fc.integer({ min: 40, max: 300 }),
    minor: fc.option(fc.integer({ min: 1, max: 9_000_000 })),
    steps: fc.array(fc.record({ what: step, after: fc.integer({ min: 0, max: 8 }) }), { maxLength: 5 }),
  });

describe('the view of the pipeline', () => {
  it('is the same for every event three times in any order and in any batches', async () => {
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
        const [first, second] = [shelves(), shelves()];
        await first.view.fold(clean);
        for (let from = 0; from < disorder.length; from += batch) await second.view.fold(disorder.slice(from, from + batch));
        expect(contents(second.table)).toEqual(contents(first.table));
        expect(await read(second)).toEqual(await read(first));
      }),
      { numRuns: 60 },
    );
  });

  it('counts what the stories tell', async () => {
    const shelf = shelves();
    const stories: readonly Story[] = [
      {
        id: 'won',
        rep: 'ben',
        began: 20,
        minor: 5_000,
        steps: [
          { what: 'need', after: 3 },
          { what: 'won', after: 4 },
        ],
      },
      { id: 'lost', rep: 'ben', began: 19, minor: 7_000, steps: [{ what: 'lost', after: 5 }] },
      { id: 'open', rep: 'ben', began: 18, minor: 9_000, currency: 'USD', steps: [{ what: 'moved', after: 1 }] },
      {
        id: 'void',
        rep: 'cora',
        began: 17,
        minor: 3_000,
        steps: [
          { what: 'won', after: 1 },
          { what: 'cancelled', after: 1 },
        ],
      },
    ];
    await shelf.view.fold([process, ...stories.flatMap(eventsOf)]);
    const { history, open, booked } = await read(shelf);
    const flow = { processId: 'standard', entries: 0, days: 0, won: 0, lost: 0, to: {} };
    expect(history.flow.toSorted((a, b) => ((a.milestoneId ?? '') < (b.milestoneId ?? '') ? -1 : 1))).toEqual([
      { ...flow, milestoneId: null, entries: 4, days: 3 + 5 + 1, won: 1, lost: 1, to: { need: 1 } },
      { ...flow, milestoneId: 'need', entries: 1, days: 4, won: 1 },
    ]);
    expect(open).toEqual([{ teamId: 'south', repId: 'dirk', processId: 'standard', processVersion: 1, milestoneId: null, value: 4_500 }]);
    expect(booked.map((one) => one.minor).toSorted((a, b) => a - b)).toEqual([-3_000, 3_000, 5_000]);
    const north = history.orders.filter((one) => one.repId === 'ben');
    expect(north).toEqual([{ teamId: 'north', repId: 'ben', wins: 1, minor: 5_000, squares: 25_000_000n }]);
    expect(history.orders.filter((one) => one.repId === 'cora')).toEqual([]);
    expect(history.arrivals.reduce((sum, one) => sum + one.count, 0)).toBe(4);
    expect(history.recordedUntil).toBe(daysAgo(13));
  });

  it('reads the open opportunities of one rep alone', async () => {
    const shelf = shelves();
    await shelf.view.fold(['ben', 'dirk'].flatMap((rep) => eventsOf({ id: rep, rep, began: 9, minor: 100, steps: [] })));
    const ofBen = await shelf.facts.open(company, today, { repId: 'ben' });
    expect(ofBen.map((one) => one.repId)).toEqual(['ben']);
    const ofSouth = await shelf.facts.open(company, today, { teamIds: ['south'] });
    expect(ofSouth.map((one) => one.repId)).toEqual(['dirk']);
  });

  it('books by the time of recording, from the first instant of the window up to, not including, its last', async () => {
    const shelf = shelves();
    await shelf.view.fold(eventsOf({ id: 'a', rep: 'ben', began: 9, minor: 100, steps: [{ what: 'won', after: 1 }] }));
    if (settings === undefined) throw new Error('the example company has settings');
    const within = async (from: number, until: number) =>
      (await shelf.facts.booked(company, settings, { from: addMillis(daysAgo(8), from), until: addMillis(daysAgo(8), until) }, {})).length;
    expect([await within(0, 1), await within(-1, 0), await within(1, 2)]).toEqual([1, 0, 0]);
  });

  it('touches at most a dozen items for an event', async () => {
    const shelf = shelves();
    const sizes: number[] = [];
    const { transact } = shelf.table;
    const counting: MemoryTable = {
      ...shelf.table,
      transact: async (writes) => {
        sizes.push(writes.length);
        return transact(writes);
      },
    };
    const clock = { now: () => now };
    const { view } = forecastStores({ table: counting, clock, ids: { next: () => 'id' }, delay: async () => {}, random: () => 0 });
    const [opened, reached, won] = eventsOf({
      id: 'a',
      rep: 'ben',
      began: 9,
      minor: 100,
      steps: [
        { what: 'need', after: 1 },
        { what: 'won', after: 1 },
      ],
    });
    for (const event of [opened, reached, won]) if (event !== undefined) await view.fold([event]);
    expect(sizes).toEqual([5, 6, 7]);
  });

  it('folds a year of a small company', async () => {
    const shelf = shelves();
    await shelf.view.fold([process, ...yearOfStories(100).flatMap(eventsOf)]);
    const { history } = await read(shelf);
    expect(history.orders.reduce((sum, one) => sum + one.wins, 0)).toBeGreaterThan(40);
  });
});

describe('a sum of squares', () => {
  it('is exact in two parts, whatever the amounts', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 999_999_999_999 }), { maxLength: 50 }), (amounts) => {
        const parts = amounts.map(squareParts);
        const [high, low] = [parts.reduce((sum, one) => sum + one.squareHigh, 0), parts.reduce((sum, one) => sum + one.squareLow, 0)];
        expect(squaresOf(high, low)).toBe(amounts.reduce((sum, one) => sum + BigInt(one) ** 2n, 0n));
      }),
    );
  });
});
