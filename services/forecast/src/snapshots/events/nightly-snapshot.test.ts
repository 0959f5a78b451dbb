import { readFileSync } from 'node:fs';
import { forecastPublished } from '@meilenstein/contracts';
import { describe, expect, it } from 'vitest';
import { forecastInMemory } from '../../testing/forecast-in-memory.ts';

const bench = async () => {
  const service = await forecastInMemory(80);
  await service.setUp();
  return service;
};
const emitted = (service: Awaited<ReturnType<typeof bench>>) => service.events().map((event) => forecastPublished.parse(event));

describe('the nightly snapshot', () => {
  it('publishes every node for week, month and quarter, under the day in the company’s zone', async () => {
    const service = await bench();
    await service.night('2026-11-10', 'snapshot');
    const subjects = emitted(service).map((event) => event.subject);
    expect(subjects).toHaveLength((1 + 2 + 4 + 2 + 1) * 3);
    expect(subjects).toContain('snapshot-2026-11-10-company-company-month');
    expect(subjects).toContain('snapshot-2026-11-10-team-south-quarter');
    expect(subjects).toContain('snapshot-2026-11-10-rep-ben-week');
    expect(subjects).toContain('snapshot-2026-11-10-segment-large-month');
  });

  it('publishes nothing the second time, although facts arrived in between', async () => {
    const service = await bench();
    await service.night('2026-11-10', 'snapshot');
    const before = emitted(service);
    await service.play({ id: 'late', rep: 'ben', began: 2, minor: 900_000, segment: 'small', steps: [{ what: 'won', after: 1 }] });
    await service.night('2026-11-10', 'snapshot');
    expect(emitted(service)).toEqual(before);
  });

  it('computes the same figures from the same facts', async () => {
    const [first, second] = [await bench(), await bench()];
    for (const one of [first, second]) await one.night('2026-11-10', 'snapshot');
    expect(emitted(first).map((event) => event.data)).toEqual(emitted(second).map((event) => event.data));
  });

  it('adds up: the means of reps, teams and segments sum to that of the company', async () => {
    const service = await bench();
    await service.night('2026-11-10', 'snapshot');
    const sum = (level: string) =>
      emitted(service)
        .filter((event) => event.data.node.level === level && event.data.window.kind === 'quarter')
        .reduce((total, event) => total + event.data.figures.mean, 0);
    expect([sum('rep'), sum('team'), sum('segment'), sum('process')]).toEqual(Array.from({ length: 4 }, () => sum('company')));
  });

  it('keeps only the first forecast of each window for later forecasts to learn from', async () => {
    const service = await bench();
    await service.night('2026-11-10', 'snapshot');
    const first = await service.earlierForecasts.before('month', '2026-12-01');
    await service.night('2026-11-11', 'snapshot');
    expect(first.map((one) => one.node)).toContainEqual({ level: 'team', key: 'north' });
    expect(await service.earlierForecasts.before('month', '2026-12-01')).toEqual(first);
  });

  it('contains the run-rate of each node', async () => {
    const service = await bench();
    await service.night('2026-11-10', 'snapshot');
    const month = emitted(service).filter((event) => event.data.window.kind === 'month');
    const rates = month.map((event) => [event.data.node.level, event.data.baselines?.runRate ?? 0] as const);
    const of = (level: string) => rates.filter(([one]) => one === level).reduce((sum, [, rate]) => sum + rate, 0);
    expect(of('company')).toBeGreaterThan(0);
    expect(Math.abs(of('rep') - of('company'))).toBeLessThanOrEqual(4);
  });

  it('writes nothing before zone and currency are set', async () => {
    const service = await forecastInMemory(0);
    await service.night('2026-11-10', 'snapshot');
    expect(service.table.dump()).toEqual([]);
  });

  it('emits events with the fields of the published sample', async () => {
    const path = new URL('../../../../../packages/contracts/samples/ForecastPublished.v1.json', import.meta.url);
    const sample = forecastPublished.parse(JSON.parse(readFileSync(path, 'utf8')));
    const service = await bench();
    await service.night('2026-11-10', 'snapshot');
    const [event] = emitted(service);
    const has = (one: object | undefined, wanted: object) =>
      expect(Object.keys(one ?? {})).toEqual(expect.arrayContaining(Object.keys(wanted)));
    has(event, sample);
    has(event?.data, sample.data);
    has(event?.data.figures, sample.data.figures);
    has(event?.data.existingByMilestone[0], sample.data.existingByMilestone[0] ?? {});
  });
});
