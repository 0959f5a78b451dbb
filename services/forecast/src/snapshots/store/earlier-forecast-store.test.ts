import { windowsToLearnFrom } from '@meilenstein/forecasting/replay/replay-days';
import { addDays, day } from '@meilenstein/kernel';
import { inMemory } from '@meilenstein/runtime/testing/in-memory';
import { expect, it } from 'vitest';
import { earlierForecastStore } from './earlier-forecast-store.ts';

it('earlier forecasts are read only as far back as is learned from, however long the history is', async () => {
  const machinery = inMemory('2026-01-01T00:00:00Z');
  let itemsRead = 0;
  const table = {
    ...machinery.table,
    query: async (query: Parameters<typeof machinery.table.query>[0]) => {
      const page = await machinery.table.query(query);
      itemsRead += page.items.length;
      return page;
    },
  };
  const store = earlierForecastStore({ ...machinery, table });
  const monday = day.parse('2020-01-06');
  const record = { mean: 1, p10: 0, p90: 2, variance: 1, wins: 1, experts: {} };
  const weeks = 300;
  for (let week = 0; week < weeks; week += 1)
    await store.keep(addDays(monday, 7 * week), [
      { window: { kind: 'week', from: week * 7, until: week * 7 + 7 }, origin: week * 7, node: { level: 'total', key: '' }, record },
    ]);
  const found = await store.before('week', addDays(monday, 7 * weeks));
  const newest = Array.from({ length: windowsToLearnFrom }, (_, n) => (weeks - 1 - n) * 7);
  expect(found.map(({ window }) => window.from).toSorted((a, b) => b - a)).toEqual(newest);
  expect(itemsRead).toBeLessThan(windowsToLearnFrom * 2);
});
