import { createHash } from 'node:crypto';
import { manifest } from '@meilenstein/contracts';
import { addDays, day } from '@meilenstein/kernel';
import type { Bucket } from '@meilenstein/runtime';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assignLead,
  cancelOrder,
  captureLead,
  convertLead,
  grantCredit,
  loseOpportunity,
  reachMilestone,
  setTarget,
  touchLead,
  winOrder,
} from '../../testing/example-events.ts';
import { calendarOf, gone, joined, monday, reportingInMemory, team, week } from '../../testing/reporting-in-memory.ts';

const facts = [
  captureLead('l1'),
  assignLead('l1'),
  convertLead('l1', { at: '2026-03-05T10:00:00.000Z' }),
  touchLead('t1'),
  reachMilestone('o1', 'need', 1),
  reachMilestone('o1', 'visit', 2),
  winOrder('o1', 100_000),
  grantCredit('o1', 100_000),
  loseOpportunity('o2', { repId: 'bob', teamId: 'south' }),
  winOrder('o3', 5_000, { at: '2026-02-20T10:00:00.000Z' }),
  cancelOrder('o3', 5_000, { at: '2026-03-04T10:00:00.000Z' }),
  setTarget('company', 'company', 400_000),
  setTarget('rep', 'ann', 200_000),
];
const late = winOrder('o9', 700, { at: '2026-03-06T10:00:00.000Z', recordedAt: '2026-03-07T10:00:00.000Z', repId: 'bob', teamId: 'south' });
const folder = `reports/weekly/${week}`;

describe('the weekly report', () => {
  it('consists of three files and a manifest with their hashes and totals', async () => {
    const { receive, weekly, keys, text, bucket, events } = await reportingInMemory();
    await receive(...facts);
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

  it('keeps its version and bytes when it runs again over the same facts', async () => {
    const { receive, weekly, bucket, events } = await reportingInMemory();
    await receive(...facts);
    await weekly();
    const before = new Map(bucket.objects);
    await weekly();
    expect(bucket.objects).toEqual(before);
    expect(events()).toHaveLength(1);
  });

  it('gets a further version for a late fact, and overwrites nothing', async () => {
    const { receive, weekly, bucket, text, events, call } = await reportingInMemory();
    await receive(...facts);
    await weekly();
    const before = new Map(bucket.objects);
    await receive(late);
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

  it.each([
    ['weeks from Sunday', { kind: 'months', startMonth: 1, weekStartsOn: 7 }, '2026-03-01', '2026-W09'],
    ['a 4-4-5 year', { kind: 'weeks', pattern: '4-4-5', endMonth: 12, endWeekday: 6, yearEnd: 'last' }, '2026-03-01', 'FY2026-W10'],
  ] as const)(
    'given %s · when it is triggered every morning · then it runs on the first day of the week only',
    async (_, calendar, from, label) => {
      const { receive, weekly, text, changeCompany, keys } = await reportingInMemory();
      await changeCompany('2026-01-02T00:00:00.000Z', calendarOf(calendar));
      await receive(winOrder('early', 10, { at: '2026-02-28T11:00:00.000Z' }), winOrder('first', 200, { at: '2026-03-01T11:00:00.000Z' }));
      await receive(
        winOrder('last', 3_000, { at: '2026-03-07T11:00:00.000Z' }),
        winOrder('late', 40_000, { at: '2026-03-08T11:00:00.000Z' }),
      );
      await weekly('2026-03-09T04:00:00.000Z');
      await weekly('2026-03-07T04:00:00.000Z');
      expect(keys()).toEqual([]);
      await weekly('2026-03-08T04:00:00.000Z');
      const written = manifest.parse(JSON.parse(text(`reports/weekly/${label}/v1/manifest.json`)));
      expect(written.period).toEqual({ label, from: `${addDays(day.parse(from), -1)}T23:00:00.000Z`, until: '2026-03-07T23:00:00.000Z' });
      expect(written.files[0]?.controlTotals).toMatchObject({ revenue: 3_200 });
    },
  );

  it('leaves out facts recorded after its cut-off', async () => {
    const { receive, weekly, keys } = await reportingInMemory();
    await receive(...facts);
    await weekly();
    await receive(winOrder('o8', 900, { at: '2026-03-06T10:00:00.000Z', recordedAt: '2026-03-09T10:00:00.000Z' }));
    await weekly();
    expect(keys().some((key) => key.includes('/v2/'))).toBe(false);
  });

  it('reports a late order in the week in which it became known', async () => {
    const { receive, weekly, text, keys } = await reportingInMemory();
    await receive(...facts);
    await weekly();
    await receive(winOrder('o8', 900, { at: '2026-03-06T10:00:00.000Z', recordedAt: '2026-03-10T10:00:00.000Z' }));
    await weekly('2026-03-16T04:00:00.000Z');
    const next = manifest.parse(JSON.parse(text('reports/weekly/2026-W11/v1/manifest.json')));
    expect(next.files.map((file) => file.controlTotals['revenue'])).toEqual([900, 900, 900]);
    expect(keys().some((key) => key.startsWith(`${folder}/v2/`))).toBe(false);
  });

  it('does not change for a closed week when teams are renamed, dissolved or added, reps join, or a plan is published', async () => {
    const { receive, weekly, changeCompany, bucket, keys } = await reportingInMemory();
    await receive(...facts);
    await weekly();
    const closed = new Map(bucket.objects);
    const at = '2026-03-10T10:00:00.000Z';
    await changeCompany(at, team('north', 'Arctic'), gone('south'), team('east', 'East'), joined('eve', 'east'));
    await receive(setTarget('company', 'company', 900_000, { at, version: 2 }), setTarget('team', 'east', 50_000, { at }));
    await weekly('2026-03-16T04:00:00.000Z');
    expect([...closed].filter(([key]) => key.startsWith(folder)).map(([key]) => [key, bucket.objects.get(key)])).toEqual([...closed]);
    expect(keys().filter((key) => key.startsWith(`${folder}/`))).toHaveLength(5);
  });

  it('names a team that was dissolved within the week as long as it has facts, so that the files agree', async () => {
    const { receive, weekly, changeCompany, text } = await reportingInMemory();
    await receive(...facts, winOrder('o7', 300, { repId: 'bob', teamId: 'south' }));
    await changeCompany('2026-03-04T10:00:00.000Z', gone('south'));
    await weekly();
    expect(text(`${folder}/v1/teams.csv`)).toContain('team,south,Team south,');
    const written = manifest.parse(JSON.parse(text(`${folder}/v1/manifest.json`)));
    expect(new Set(written.files.map((file) => file.controlTotals['revenue'])).size).toBe(1);
  });

  it('is complete after a crash at any step and another run', async () => {
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
      const { receive, weekly, keys, events } = await reportingInMemory(fragile);
      await receive(...facts);
      await weekly().catch(() => undefined);
      broken = false;
      await weekly();
      expect(keys().filter((key) => key.includes('/v1/') || key.endsWith('latest.json'))).toHaveLength(5);
      expect(keys().some((key) => key.includes('/v2/'))).toBe(false);
      expect(events().map((event) => event.name)).toEqual(['ReportPublished']);
    }
  });

  it('has one version when it is triggered several times at once', async () => {
    const { receive, weekly, keys, events } = await reportingInMemory();
    await receive(...facts);
    await Promise.all([weekly(), weekly(), weekly()]);
    expect(keys()).toHaveLength(5);
    expect(events()).toHaveLength(1);
  });

  it('has equal bytes for any order, batches and duplicates of its events', async () => {
    const clean = await reportingInMemory();
    await clean.receive(...facts);
    await clean.weekly();
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...facts, ...facts, ...facts], { minLength: facts.length * 3 }),
        fc.integer({ min: 1, max: 10 }),
        async (deliveries, size) => {
          const other = await reportingInMemory();
          for (let from = 0; from < deliveries.length; from += size) await other.receive(...deliveries.slice(from, from + size));
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

  it('runs a report on request, shows it, and links to its files for five minutes', async () => {
    const { receive, call } = await reportingInMemory();
    await receive(...facts);
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

  it('reports the current week up to now, and refuses week-so-far for any other week', async () => {
    const { receive, call } = await reportingInMemory();
    await receive(captureLead('fresh', { at: '2026-03-09T03:00:00.000Z' }));
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

  it('answers 404 for unknown runs and reports', async () => {
    const { call } = await reportingInMemory();
    for (const runId of ['weekly_2026-W10_1', 'nonsense', 'weekly_2026-W10_x'])
      expect(await call('GET /runs/{runId}', { role: 'finance', path: { runId } })).toMatchObject({ status: 404, code: 'run-not-found' });
    expect(await call('GET /reports/{reportId}/runs', { role: 'finance', path: { reportId: 'yearly' } })).toMatchObject({
      code: 'report-not-found',
    });
  });

  it('shows reports to finance and not to managers, and the KPI dictionary to everyone', async () => {
    const { call } = await reportingInMemory();
    expect((await call('POST /reports/{reportId}/runs', run({}, 'weekly', 'manager'))).status).toBe(403);
    expect((await call('GET /kpis', { role: 'rep' })).status).toBe(200);
    expect((await call('GET /reports', { role: 'finance' })).json).toMatchObject({
      items: [{ reportId: 'weekly' }, { reportId: 'week-so-far' }],
    });
  });
});
