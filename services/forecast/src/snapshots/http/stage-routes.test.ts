import { forecastPublished } from '@meilenstein/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { forecastInMemory } from '../../testing/forecast-in-memory.ts';

let service = await forecastInMemory(0);
beforeEach(async () => {
  service = await forecastInMemory(40);
  await service.setUp();
});

const route = '/forecasts/stage-probabilities/{processId}';
type About = { readonly processId?: string; readonly headers?: Readonly<Record<string, string>> };
const put = (probabilities: unknown, { processId = 'standard', headers = { 'if-none-match': '*' } }: About = {}) =>
  service.call(`PUT ${route}`, { path: { processId }, body: { probabilities }, headers });
const half = [
  { milestoneId: null, percent: 50 },
  { milestoneId: 'need', percent: 50 },
  { milestoneId: 'offer', percent: 50 },
];

describe('fixed probabilities', () => {
  it('are a versioned document', async () => {
    expect(await service.call(`GET ${route}`, { path: { processId: 'standard' } })).toMatchObject({
      status: 404,
      code: 'stage-probabilities-not-found',
    });
    const first = await put(half);
    expect(first.status).toBe(200);
    expect(await service.call(`GET ${route}`, { path: { processId: 'standard' } })).toMatchObject({ json: first.json, etag: first.etag });
    expect(await put(half.slice(1))).toMatchObject({ status: 412, code: 'version-conflict' });
    expect((await put(half.slice(1), { headers: { 'if-match': first.etag } })).status).toBe(200);
    expect((await put(half, { headers: {} })).status).toBe(428);
  });

  it('are accepted only for milestones of the process, each once', async () => {
    expect(await put([{ milestoneId: 'dream', percent: 1 }])).toMatchObject({ status: 422, code: 'milestone-not-found' });
    expect(await put([...half, ...half])).toMatchObject({ status: 422, code: 'duplicate-milestone' });
    expect(await put(half, { processId: 'unheard-of' })).toMatchObject({ status: 422, code: 'process-not-found' });
    expect((await put([{ milestoneId: null, percent: 101 }])).status).toBe(400);
  });

  it('change no forecast and decide the stage-weighted baseline', async () => {
    const twin = await forecastInMemory(40);
    await twin.setUp();
    await put(half);
    for (const one of [service, twin]) await one.night('2026-11-10', 'snapshot');
    const emitted = (one: typeof service) =>
      one.events().flatMap((event) => (event.name === 'ForecastPublished' ? [forecastPublished.parse(event).data] : []));
    const [mine, plain] = [emitted(service), emitted(twin)];
    expect(mine.map((one) => ({ ...one, baselines: null }))).toEqual(plain.map((one) => ({ ...one, baselines: null })));
    expect(plain.every((one) => one.baselines?.stageWeighted === null)).toBe(true);
    const open = await service.facts.open();
    const worth = open.reduce((sum, { timeline }) => sum + (timeline.amounts.at(-1)?.amount?.minor ?? 0), 0);
    const company = mine.find((one) => one.node.level === 'company' && one.window.kind === 'month');
    expect(worth).toBeGreaterThan(0);
    expect(company?.baselines?.stageWeighted).toBe((company?.figures.booked ?? 0) + Math.round(worth / 2));
  });
});
