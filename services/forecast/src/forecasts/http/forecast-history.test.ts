import { forecastHistoryView } from '@meilenstein/contracts';
import { describe, expect, it } from 'vitest';
import { forecastInMemory } from '../../testing/forecast-in-memory.ts';

const finance = { role: 'finance', subject: 'f' } as const;

const bench = async () => {
  const service = await forecastInMemory(40);
  await service.setUp();
  return service;
};

describe('GET /forecasts/history', () => {
  it('has one entry for each day on which a snapshot of the window was made, with the figures of that day', async () => {
    const service = await bench();
    for (const on of ['2026-10-31', '2026-11-09', '2026-11-10']) await service.night(on, 'snapshot');
    const { window, days } = forecastHistoryView.parse((await service.get('/forecasts/history', {}, finance)).json);
    expect([window.label, days.map(({ day }) => day)]).toEqual(['2026-11', ['2026-11-09', '2026-11-10']]);
    const then = await service.get('/forecasts', { snapshot: '2026-11-09' }, finance);
    const { booked, mean, p10, p50, p90, enoughFacts } = Object(then.json);
    expect(days[0]).toEqual({ day: '2026-11-09', booked, mean, p10, p50, p90, enoughFacts });
  });

  it('is empty before the first snapshot', async () => {
    const service = await bench();
    expect((await service.get('/forecasts/history', { window: 'week' }, finance)).json).toMatchObject({ days: [] });
  });

  it('shows nobody a node that they may not see', async () => {
    const service = await bench();
    expect(await service.get('/forecasts/history', {}, { role: 'rep', subject: 'login-ben' })).toMatchObject({ status: 404 });
    expect((await service.get('/forecasts/history', {}, { role: 'marketing', subject: 'm' })).status).toBe(403);
  });
});
