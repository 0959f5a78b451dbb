import { forecastPublished, repEstimateImported, type RepEstimateEnvelope } from '@meilenstein/contracts';
import { batchOf } from '@meilenstein/runtime/testing/in-memory';
import { describe, expect, it } from 'vitest';
import { daysAgo, eventsOf, envelopeOf, yearOfStories, type Story } from '../../testing/example-history.ts';
import { forecastInMemory } from '../../testing/forecast-in-memory.ts';
import { onPipelineEvent } from '../../pipeline-view/events/on-pipeline-event.ts';

type Service = Awaited<ReturnType<typeof forecastInMemory>>;
type RepEstimate = { readonly percent: number; readonly closesOn: string | null; readonly ago?: number; readonly sequence?: number };

const estimateOf = (id: string, { percent, closesOn, ago = 1, sequence = 90 }: RepEstimate): RepEstimateEnvelope =>
  envelopeOf(
    repEstimateImported,
    { subject: id, sequence, at: daysAgo(ago) },
    { opportunityId: id, processId: 'standard', percent, closesOn },
  );

const story = (id: string, minor: number | null, more: Partial<Story> = {}): Story => ({
  id,
  rep: 'ben',
  began: 40,
  minor,
  segment: 'small',
  steps: [{ what: 'need', after: 2 }],
  ...more,
});

const published = (service: Service) =>
  service.events().flatMap((event) => (event.name === 'ForecastPublished' ? [forecastPublished.parse(event).data] : []));

/** The baseline's figure of a node for November, in a company with only these stories and estimates. */
const novemberOf = async (stories: readonly Story[], estimates: readonly RepEstimateEnvelope[]) => {
  const service = await forecastInMemory(0);
  await service.setUp();
  for (const one of stories) await service.play(one);
  await service.estimates.fold(estimates);
  await service.night('2026-11-10', 'snapshot');
  return (level: string, key: string) =>
    published(service).find((one) => one.node.level === level && one.node.key === key && one.window.kind === 'month')?.baselines
      ?.repEstimates;
};

describe('the baseline made of rep estimates', () => {
  it('is booked + amount × probability over what reps expected to close within the window, for every node', async () => {
    const emitted = await novemberOf(
      [
        story('a', 100_000),
        story('b', 40_000, { rep: 'dirk' }),
        story('c', 70_000),
        story('d', null),
        story('won', 5_000, { began: 8, steps: [{ what: 'won', after: 2 }] }),
      ],
      [
        estimateOf('a', { percent: 30, closesOn: '2026-11-30' }),
        estimateOf('b', { percent: 50, closesOn: '2026-11-03' }),
        estimateOf('c', { percent: 90, closesOn: '2026-12-01' }),
        estimateOf('d', { percent: 90, closesOn: '2026-11-20' }),
      ],
    );
    expect(emitted('company', 'company')).toBe(5_000 + 30_000 + 20_000);
    expect(emitted('team', 'south')).toBe(20_000);
    expect(emitted('rep', 'ben')).toBe(35_000);
    expect(emitted('rep', 'cora')).toBe(0);
  });

  it('uses the newest estimate recorded by then, and none recorded later', async () => {
    const estimates = [
      estimateOf('a', { percent: 80, closesOn: '2026-11-30', ago: 3, sequence: 91 }),
      estimateOf('a', { percent: 20, closesOn: '2026-11-30', ago: 20, sequence: 92 }),
      estimateOf('a', { percent: 100, closesOn: '2026-11-30', ago: -5, sequence: 93 }),
    ];
    expect((await novemberOf([story('a', 100_000)], estimates))('company', 'company')).toBe(80_000);
    expect((await novemberOf([story('a', 100_000)], estimates.slice(2)))('company', 'company')).toBeNull();
  });

  it('is null while less than half of the open opportunities have an estimate', async () => {
    const open = [story('a', 100_000), story('b', 100_000), story('c', 100_000)];
    const one = estimateOf('a', { percent: 50, closesOn: '2026-11-30' });
    expect((await novemberOf(open, [one]))('company', 'company')).toBeNull();
    expect((await novemberOf(open.slice(1), [one]))('company', 'company')).toBeNull();
    const two = [one, estimateOf('b', { percent: 10, closesOn: null })];
    expect((await novemberOf(open, two))('company', 'company')).toBe(50_000);
  });
});

describe('a rep estimate', () => {
  it('changes no byte of any forecast, answer or leak', async () => {
    const seen = async (withEstimates: boolean) => {
      const service = await forecastInMemory(60);
      await service.setUp();
      const consumer = onPipelineEvent(service, service.consumer);
      const ids = yearOfStories(60).map((one) => one.id);
      if (withEstimates)
        await consumer(batchOf(...ids.map((id, n) => estimateOf(id, { percent: n, closesOn: '2026-11-20', ago: 200, sequence: 90 + n }))));
      await service.night('2026-11-10', 'snapshot');
      const answers = [
        await service.get('/forecasts', { window: 'quarter' }),
        await service.call('POST /forecasts/what-if', { body: { winRate: 2 } }),
        await service.get('/forecasts/progress'),
        await service.get('/leaks'),
      ];
      const emitted = published(service);
      return {
        answers: answers.map(({ status, json }) => ({ status, json })),
        emitted: emitted.map((one) => ({ ...one, baselines: { ...one.baselines, repEstimates: null } })),
        repEstimates: emitted.map((one) => one.baselines?.repEstimates ?? null),
      };
    };
    const [withEstimates, plain] = [await seen(true), await seen(false)];
    expect(withEstimates.repEstimates.some((one) => one !== null && one > 0)).toBe(true);
    expect(plain.repEstimates.every((one) => one === null)).toBe(true);
    expect(JSON.stringify([withEstimates.emitted, withEstimates.answers])).toBe(JSON.stringify([plain.emitted, plain.answers]));
  });

  it('is stored alike for any order of arrival and any duplicates', async () => {
    const estimates = [1, 2, 3].map((n) => estimateOf('a', { percent: n * 10, closesOn: '2026-11-30', ago: 10 - n, sequence: 90 + n }));
    const kept = async (told: readonly RepEstimateEnvelope[]) => {
      const service = await forecastInMemory(0);
      for (const one of told) await service.estimates.fold([one]);
      return [...(await service.estimates.all())];
    };
    const [first, second, third] = estimates;
    if (first === undefined || second === undefined || third === undefined) throw new Error('three estimates');
    expect(await kept([third, first, third, second])).toEqual(await kept(estimates));
    expect((await kept(estimates))[0]?.[1].map((one) => one.percent)).toEqual([10, 20, 30]);
  });

  it('may arrive before or after the events of its opportunity', async () => {
    const service = await forecastInMemory(0);
    await service.setUp();
    const consumer = onPipelineEvent(service, service.consumer);
    const estimate = estimateOf('a', { percent: 50, closesOn: '2026-11-30' });
    expect(await consumer(batchOf(estimate, ...eventsOf(story('a', 100_000))))).toEqual({ batchItemFailures: [] });
    expect((await service.facts.open()).map((one) => one.id)).toContain('a');
    expect([...(await service.estimates.all()).keys()]).toEqual(['a']);
  });
});
