import { createHash } from 'node:crypto';
import { manifest } from '@meilenstein/contracts';
import type { Bucket } from '@meilenstein/runtime';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assigned, cancelled, captured, converted, credited, lost, reached, target, touched, won } from '../../testing/example-events.ts';
import { gone, joined, monday, reportingInMemory, team, week } from '../../testing/reporting-in-memory.ts';

const facts = [
  captured('l1'),
  assigned('l1'),
  converted('l1', { at: '2026-03-05T10:00:00.000Z' }),
  touched('t1'),
  reached('o1', 'need', 1),
  reached('o1', 'visit', 2),
  won('o1', 100_000),
  credited('o1', 100_000),
  lost('o2', { repId: 'bob', teamId: 'south' }),
  won('o3', 5_000, { at: '2026-02-20T10:00:00.000Z' }),
  cancelled('o3', 5_000, { at: '2026-03-04T10:00:00.000Z' }),
  target('company', 'company', 400_000),
  target('rep', 'ann', 200_000),
];
const late = won('o9', 700, { at: '2026-03-06T10:00:00.000Z', recordedAt: '2026-03-07T10:00:00.000Z', repId: 'bob', teamId: 'south' });
const folder = `reports/weekly/${week}`;

describe('the weekly report', () => {
  it('is three files and a manifest whose hashes and totals are those of the bytes', async () => {
    const { hear, weekly, keys, text, bucket, events } = await reportingInMemory();
    await hear(...facts);
    await weekly();
    expect(keys()).toEqual(
      ['v1/company.csv', 'v1/manifest.json', 'v1/reps.csv', 'v1/teams.csv', 'latest.json'].map((name) => `${folder}/${name}`).toSorted(),
    );
    const written = manifest.parse(JSON.parse(text(`${folder}/v1/manifest.json`)));
    expect(written).toMatchObject({
      version: 1,
      cutOff: '2026-03-08T23:00:00.000Z',
      watermark: '2026-03-05T10:00:00.000Z',
      currency: 'EUR',
    });
    for (const file of written.files) {
      const bytes = bucket.objects.get(file.key) ?? new Uint8Array();
      expect(file).toMatchObject({
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        rows: text(file.key).trim().split('\r\n').length - 1,
      });
    }
    expect(written.files[0]?.controlTotals).toMatchObject({
      leads: 1,
      'leads touchpoints': 1,
      revenue: 95_000,
      'win-rate': 0,
      'attainment 2026-03': 100_000,
    });
    expect(text(`${folder}/v1/company.csv`)).toContain(
      'attainment,2,Zielerreichung des Monats,Attainment of the month,company,company,,2026-03,1000.00,4000.00,0.250000,EUR,',
    );
    expect(written.controlTotalUnits).toMatchObject({
      leads: { unit: 'count' },
      revenue: { unit: 'minor-units', currency: 'EUR' },
      'win-rate': { unit: 'count' },
      'attainment 2026-03': { unit: 'minor-units', currency: 'EUR' },
    });
    const totals = written.files.flatMap((file) => Object.keys(file.controlTotals));
    expect(totals.filter((id) => written.controlTotalUnits?.[id] === undefined)).toEqual([]);
    expect(text(`${folder}/v1/reps.csv`)).toContain(",rep,ann,'=ann,");
    expect(events().map((event) => event.name)).toEqual(['ReportPublished']);
  });

  it('over the same facts is the same version with the same bytes', async () => {
    const { hear, weekly, bucket, events } = await reportingInMemory();
    await hear(...facts);
    await weekly();
    const before = new Map(bucket.objects);
    await weekly();
    expect(bucket.objects).toEqual(before);
    expect(events()).toHaveLength(1);
  });

  it('makes a further version of a fact that came late, and overwrites nothing', async () => {
    const { hear, weekly, bucket, text, events, call } = await reportingInMemory();
    await hear(...facts);
    await weekly();
    const before = new Map(bucket.objects);
    await hear(late);
    await weekly('2026-03-16T04:00:00.000Z');
    const written = [...before].filter(([key]) => !key.endsWith('latest.json'));
    expect(written.map(([key]) => [key, bucket.objects.get(key)])).toEqual(written);
    expect(JSON.parse(text(`${folder}/latest.json`))).toMatchObject({ version: 2 });
    expect(events().find((event) => event.name === 'ReportRestated')).toMatchObject({ data: { period: week, version: 2, restates: 1 } });
    const list = await call('GET /reports/{reportId}/runs', { role: 'finance', path: { reportId: 'weekly' } });
    expect(list.json).toMatchObject({
      items: [
        { period: '2026-W11', version: 1 },
        { period: week, version: 2 },
        { period: week, version: 1 },
      ],
    });
  });

  it('leaves out what was recorded after its cut-off', async () => {
    const { hear, weekly, keys } = await reportingInMemory();
    await hear(...facts);
    await weekly();
    await hear(won('o8', 900, { at: '2026-03-06T10:00:00.000Z', recordedAt: '2026-03-09T10:00:00.000Z' }));
    await weekly();
    expect(keys().some((key) => key.includes('/v2/'))).toBe(false);
  });

  it('reports an order that was entered after its week in the week in which it became known', async () => {
    const { hear, weekly, text, keys } = await reportingInMemory();
    await hear(...facts);
    await weekly();
    await hear(won('o8', 900, { at: '2026-03-06T10:00:00.000Z', recordedAt: '2026-03-10T10:00:00.000Z' }));
    await weekly('2026-03-16T04:00:00.000Z');
    const next = manifest.parse(JSON.parse(text('reports/weekly/2026-W11/v1/manifest.json')));
    expect(next.files.map((file) => file.controlTotals['revenue'])).toEqual([900, 900, 900]);
    expect(keys().some((key) => key.startsWith(`${folder}/v2/`))).toBe(false);
  });

  it('of a closed week stays as it was when teams are renamed, dissolved or made, reps join, and a plan is published', async () => {
    const { hear, weekly, tell, bucket, keys } = await reportingInMemory();
    await hear(...facts);
    await weekly();
    const closed = new Map(bucket.objects);
    const at = '2026-03-10T10:00:00.000Z';
    await tell(at, team('north', 'Arctic'), gone('south'), team('east', 'East'), joined('eve', 'east'));
    await hear(target('company', 'company', 900_000, { at, version: 2 }), target('team', 'east', 50_000, { at }));
    await weekly('2026-03-16T04:00:00.000Z');
    expect([...closed].filter(([key]) => key.startsWith(folder)).map(([key]) => [key, bucket.objects.get(key)])).toEqual([...closed]);
    expect(keys().filter((key) => key.startsWith(`${folder}/`))).toHaveLength(5);
  });

  it('of a week in which a team was dissolved names it while there is something to report of it, so that the files agree', async () => {
    const { hear, weekly, tell, text } = await reportingInMemory();
    await hear(...facts, won('o7', 300, { repId: 'bob', teamId: 'south' }));
    await tell('2026-03-04T10:00:00.000Z', gone('south'));
    await weekly();
    expect(text(`${folder}/v1/teams.csv`)).toContain('team,south,Team south,');
    const written = manifest.parse(JSON.parse(text(`${folder}/v1/manifest.json`)));
    expect(new Set(written.files.map((file) => file.controlTotals['revenue'])).size).toBe(1);
  });

  it('is whole after a crash at any step and another run', async () => {
    for (let allowed = 0; allowed < 12; allowed += 1) {
      let calls = 0;
      let broken = true;
      const fragile = (bucket: Bucket): Bucket => {
        const guard = (): void => {
          calls += 1;
          if (broken && calls > allowed) throw new Error('the process died');
        };
        return {
          ...bucket,
          putNew: async (...args) => (guard(), bucket.putNew(...args)),
          swap: async (...args) => (guard(), bucket.swap(...args)),
          get: async (...args) => (guard(), bucket.get(...args)),
        };
      };
      const { hear, weekly, keys, events } = await reportingInMemory(fragile);
      await hear(...facts);
      await weekly().catch(() => undefined);
      broken = false;
      await weekly();
      expect(keys().filter((key) => key.includes('/v1/') || key.endsWith('latest.json'))).toHaveLength(5);
      expect(keys().some((key) => key.includes('/v2/'))).toBe(false);
      expect(events().map((event) => event.name)).toEqual(['ReportPublished']);
    }
  });

  it('of two triggers at once is one version', async () => {
    const { hear, weekly, keys, events } = await reportingInMemory();
    await hear(...facts);
    await Promise.all([weekly(), weekly(), weekly()]);
    expect(keys()).toHaveLength(5);
    expect(events()).toHaveLength(1);
  });

  it('has equal bytes whatever the order, the batches and the duplicates of its events', async () => {
    const clean = await reportingInMemory();
    await clean.hear(...facts);
    await clean.weekly();
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...facts, ...facts, ...facts], { minLength: facts.length * 3 }),
        fc.integer({ min: 1, max: 10 }),
        async (deliveries, size) => {
          const other = await reportingInMemory();
          for (let from = 0; from < deliveries.length; from += size) await other.hear(...deliveries.slice(from, from + size));
          await other.weekly();
          expect(other.bucket.objects).toEqual(clean.bucket.objects);
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe('the API of reports', () => {
  const run = (body: object, reportId = 'weekly', role: 'finance' | 'manager' = 'finance') => ({ role, path: { reportId }, body });

  it('runs a report now, shows it, and links to its files for five minutes', async () => {
    const { hear, call } = await reportingInMemory();
    await hear(...facts);
    const { status, json } = await call('POST /reports/{reportId}/runs', run({}));
    expect({ status, json }).toMatchObject({ status: 200, json: { runId: `weekly_${week}_1`, period: week, version: 1 } });
    expect((await call('GET /runs/{runId}', { role: 'finance', path: { runId: `weekly_${week}_1` } })).json).toEqual(json);
    const link = (name: string) => call('GET /runs/{runId}/files/{name}', { role: 'finance', path: { runId: `weekly_${week}_1`, name } });
    expect((await link('company.csv')).json).toMatchObject({
      url: `https://bucket.test/${folder}/v1/company.csv`,
      expiresAt: '2026-03-09T04:05:00.000Z',
    });
    expect((await link('manifest.json')).status).toBe(200);
    expect(await link('secret.csv')).toMatchObject({ status: 404, code: 'file-not-found' });
  });

  it('counts the running week up to now, and only that one', async () => {
    const { hear, call } = await reportingInMemory();
    await hear(captured('fresh', { at: '2026-03-09T03:00:00.000Z' }));
    const { json } = await call('POST /reports/{reportId}/runs', run({}, 'week-so-far'));
    expect(json).toMatchObject({ period: '2026-W11', cutOff: monday, manifest: { files: [{ controlTotals: { leads: 1 } }, {}, {}] } });
    expect(await call('POST /reports/{reportId}/runs', run({ period: week }, 'week-so-far'))).toMatchObject({ code: 'period-not-found' });
  });

  it.each([
    ['period-not-ended', run({ period: '2026-W11' }), 422],
    ['period-not-found', run({ period: '2026-03' }), 422],
    ['report-not-found', run({}, 'yearly'), 404],
  ])('refuses with %s', async (code, call, status) => {
    expect(await (await reportingInMemory()).call('POST /reports/{reportId}/runs', call)).toMatchObject({ status, code });
  });

  it('knows no run that was never made', async () => {
    const { call } = await reportingInMemory();
    for (const runId of ['weekly_2026-W10_1', 'nonsense', 'weekly_2026-W10_x'])
      expect(await call('GET /runs/{runId}', { role: 'finance', path: { runId } })).toMatchObject({ status: 404, code: 'run-not-found' });
    expect(await call('GET /reports/{reportId}/runs', { role: 'finance', path: { reportId: 'yearly' } })).toMatchObject({
      code: 'report-not-found',
    });
  });

  it('shows reports of all teams to finance, not to a manager; the dictionary to everybody', async () => {
    const { call } = await reportingInMemory();
    expect((await call('POST /reports/{reportId}/runs', run({}, 'weekly', 'manager'))).status).toBe(403);
    expect((await call('GET /kpis', { role: 'rep' })).status).toBe(200);
    expect((await call('GET /reports', { role: 'finance' })).json).toMatchObject({
      items: [{ reportId: 'weekly' }, { reportId: 'week-so-far' }],
    });
  });
});
