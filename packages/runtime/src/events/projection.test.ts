import { defineEvent, envelopeReader, type EnvelopeOf } from '@meilenstein/contracts';
import { toInstant } from '@meilenstein/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { memoryTable } from '../testing/memory-table.ts';
import { projection } from './projection.ts';

const moved = defineEvent({
  name: 'Moved',
  owner: 'pipeline',
  version: 1,
  meaning: 'It is at a place now.',
  data: z.object({ place: z.string() }),
});
type Moved = EnvelopeOf<typeof moved>;

const now = toInstant('2026-01-01T00:00:00Z');
const event = (subject: string, sequence: number, place: string): Moved =>
  moved.parse({
    id: `${subject}-${sequence}`,
    name: 'Moved',
    version: 1,
    subject,
    sequence,
    occurredAt: now,
    recordedAt: now,
    storedAt: now,
    origin: 'live',
    correlationId: 'c',
    causedBy: null,
    data: { place },
  });

/** Counts who is where now, and keeps an item for each place that was visited. */
const build = () => {
  const table = memoryTable({ now: () => now });
  const view = projection<Moved>(
    {
      rowKey: ({ subject }) => ({ pk: `ROW#${subject}`, sk: 'ROW' }),
      event: envelopeReader([moved]),
      contributions: (events) => {
        const last = events.at(-1);
        if (last === undefined) return [];
        const visits = new Map(events.map((one) => [one.data.place, one.sequence]));
        return [
          { add: { pk: 'PLACES', sk: last.data.place }, by: { here: 1 } },
          ...[...visits].map(([place, sequence]) => ({ put: { pk: `VISITS#${place}`, sk: last.subject, sequence } })),
        ];
      },
    },
    { table, delay: async () => {}, random: () => 0.5 },
  );
  const figures = () =>
    table
      .dump()
      .filter((item) => item['here'] !== 0)
      .map((item) => ({ ...item, version: undefined }))
      .toSorted((a, b) => (`${a.pk}${a.sk}` < `${b.pk}${b.sk}` ? -1 : 1));
  return { table, view, figures };
};

const clean = [event('a', 1, 'desk'), event('a', 2, 'hall'), event('b', 1, 'hall'), event('b', 2, 'desk'), event('b', 3, 'yard')];

describe('a view', () => {
  it('counts each subject once, at its latest place', async () => {
    const { view, table } = build();
    await view.fold(clean);
    expect(await table.get({ pk: 'PLACES', sk: 'hall' })).toMatchObject({ here: 1 });
    expect(await table.get({ pk: 'PLACES', sk: 'yard' })).toMatchObject({ here: 1 });
    expect(await table.get({ pk: 'PLACES', sk: 'desk' })).toBeUndefined();
  });

  it('takes a late event in the order of its sequence', async () => {
    const { view, table } = build();
    await view.fold([event('a', 2, 'hall')]);
    await view.fold([event('a', 1, 'desk')]);
    expect(await table.get({ pk: 'PLACES', sk: 'hall' })).toMatchObject({ here: 1 });
    expect(await table.get({ pk: 'PLACES', sk: 'desk' })).toBeUndefined();
  });

  it('is equal after any order, any batching and any duplicates', async () => {
    const straight = build();
    await straight.view.fold(clean);
    const deliveries = fc.shuffledSubarray([...clean, ...clean, ...clean], { minLength: 15, maxLength: 15 });
    await fc.assert(
      fc.asyncProperty(deliveries, fc.integer({ min: 1, max: 6 }), async (events, size) => {
        const other = build();
        for (let from = 0; from < events.length; from += size) await other.view.fold(events.slice(from, from + size));
        expect(other.figures()).toEqual(straight.figures());
      }),
      { numRuns: 100 },
    );
  });

  it('loses nothing when two folds meet', async () => {
    const { view, table } = build();
    await Promise.all(Array.from({ length: 8 }, (_, n) => view.fold([event(`s${n}`, 1, 'hall'), event('shared', n + 1, 'desk')])));
    expect(await table.get({ pk: 'PLACES', sk: 'hall' })).toMatchObject({ here: 8 });
    expect(await table.get({ pk: 'PLACES', sk: 'desk' })).toMatchObject({ here: 1 });
  });

  it('writes nothing for events that it received before', async () => {
    const { view, table } = build();
    await view.fold(clean);
    const before = structuredClone(table.dump());
    await view.fold(clean);
    expect(table.dump()).toEqual(before);
  });
});

describe('a view of a higher revision', () => {
  const table = () => memoryTable({ now: () => now });
  const viewOf = (on: ReturnType<typeof table>, revision: number) =>
    projection<Moved>(
      {
        rowKey: ({ subject }) => ({ pk: `ROW#${subject}`, sk: 'ROW' }),
        revision,
        event: envelopeReader([moved]),
        contributions: (events) =>
          ['place', 'length'].slice(0, revision).map((sk) => ({ put: { pk: 'LAST', sk, value: events.at(-1)?.data.place, revision } })),
      },
      { table: on, delay: async () => {}, random: () => 0.5 },
    );
  const last = (on: ReturnType<typeof table>) =>
    on
      .dump()
      .filter((item) => item.pk === 'LAST')
      .map(({ sk, value, revision }) => `${sk} ${String(value)} ${String(revision)}`);

  it('writes the items of a row again when it receives a known event, and only once', async () => {
    const on = table();
    await viewOf(on, 1).fold([event('a', 1, 'home')]);
    await viewOf(on, 2).fold([event('a', 1, 'home')]);
    expect(last(on)).toEqual(['place home 2', 'length home 2']);
    const version = on.dump().find((item) => item.sk === 'ROW')?.['version'];
    await viewOf(on, 2).fold([event('a', 1, 'home')]);
    expect(on.dump().find((item) => item.sk === 'ROW')?.['version']).toBe(version);
  });
});
