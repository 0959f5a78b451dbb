import { readFileSync } from 'node:fs';
import { forecastEvents, forecastGraded, gradesView, repEstimateImported, replayView, type GradesView } from '@meilenstein/contracts';
import { day, toInstant, type Instant } from '@meilenstein/kernel';
import { cancelFirst } from '@meilenstein/runtime/testing/cancelled-transactions';
import { beforeEach, describe, expect, it } from 'vitest';
import { companyHistory, daysAgo, eventsOf, process, envelopeOf, yearOfStories } from '../../testing/example-history.ts';
import { forecastInMemory } from '../../testing/forecast-in-memory.ts';
import { keys } from '../../keys.ts';
import type { ForecastGrade } from '../../snapshots/domain/publish-snapshot.ts';

type Service = Awaited<ReturnType<typeof forecastInMemory>>;

let service = await forecastInMemory(0);
beforeEach(async () => {
  service = await forecastInMemory(240);
  await service.setUp();
});

const ask = (one: Service, role: 'operations' | 'rep' = 'operations') => one.call('POST /forecasts/replays', { role });
const replay = async (one: Service) => {
  expect((await ask(one)).status).toBe(202);
  expect(await one.deliverReplays()).toEqual({ batchItemFailures: [] });
};
const gradesOf = async (one: Service, query: Readonly<Record<string, string>> = {}): Promise<GradesView> =>
  gradesView.parse((await one.get('/forecasts/grades', query)).json);
const ofHorizon = (view: GradesView, horizon: string) => view.replayed?.horizons.find((one) => one.horizon === horizon);

/** Everything that a replay has graded at a level. */
const gradedAt = async (
  one: Service,
  level: ForecastGrade['node']['level'],
  kind: 'week' | 'month' | 'quarter',
): Promise<readonly ForecastGrade[]> =>
  (await Promise.all((['start', 'middle', 'last-week'] as const).map((horizon) => one.replays.graded({ level, kind }, horizon)))).flatMap(
    (found) => found?.grades ?? [],
  );

describe('a replay of imported history', () => {
  it('shows the grades that forecasts would have had, separately from those of real forecasts', async () => {
    expect((await gradesOf(service)).replayed).toBeNull();
    await replay(service);
    const view = await gradesOf(service);
    expect(view.horizons.map((one) => one.windows)).toEqual([0, 0, 0]);
    const start = ofHorizon(view, 'start');
    expect(start?.windows).toBeGreaterThanOrEqual(8);
    expect(start).toMatchObject({ claim: true, wape: { ratio: expect.any(Number) }, bias: {}, coverage: {} });
    expect(start?.baselines.find((one) => one.baseline === 'run-rate')?.windows).toBe(start?.windows);
    expect(view.replayed?.latest[0]?.window.label).toBe('2026-10');
    expect(ofHorizon(view, 'middle')?.windows).toBeGreaterThanOrEqual(8);
    expect(ofHorizon(view, 'last-week')?.windows).toBeGreaterThanOrEqual(8);
  });

  it('stores every grade, and of the run before none, even if each transaction is cancelled at first', async () => {
    await replay(service);
    const rows = (run: number) => service.table.dump().filter(({ sk }) => sk.startsWith(keys.replayedIn(run))).length;
    const first = rows(1);
    expect(first).toBeGreaterThan(50);
    cancelFirst(service.table, 1);
    await replay(service);
    expect([rows(1), rows(2)]).toEqual([0, first]);
  });

  it('covers every level and kind of window, with actuals that add up', async () => {
    await replay(service);
    for (const [level, forecasts] of [
      ['team', 2],
      ['rep', 4],
      ['segment', 2],
      ['process', 1],
    ] as const) {
      const start = ofHorizon(await gradesOf(service, { level }), 'start');
      expect([level, start?.forecasts]).toEqual([level, (start?.windows ?? 0) * forecasts]);
    }
    const company = await gradedAt(service, 'company', 'month');
    for (const one of company) {
      const teams = (await gradedAt(service, 'team', 'month')).filter(
        (team) => team.day === one.day && team.window.label === one.window.label,
      );
      expect(teams.reduce((sum, team) => sum + team.actual, 0)).toBe(one.actual);
      expect(teams.reduce((sum, team) => sum + team.mean, 0)).toBe(one.mean);
    }
    expect(ofHorizon(await gradesOf(service, { window: 'week' }), 'start')?.windows).toBeGreaterThan(20);
    expect(ofHorizon(await gradesOf(service, { window: 'quarter' }), 'start')).toMatchObject({ claim: false });
  });

  it('leaves out the time in which the company had too few facts', async () => {
    await replay(service);
    const all = await gradedAt(service, 'company', 'month');
    expect(all.every((one) => one.enoughFacts)).toBe(true);
    const few = await forecastInMemory(15);
    await few.setUp();
    await replay(few);
    expect((await gradesOf(few)).replayed?.horizons.map((one) => one.windows)).toEqual([0, 0, 0]);
  });

  it('uses only what was recorded by then: cutting off later events changes no earlier grade', async () => {
    const cut = toInstant('2026-08-03T09:00:00Z');
    const early = await forecastInMemory(0, cut);
    await early.company.fold(companyHistory);
    await early.view.fold([process, ...yearOfStories(240).flatMap(eventsOf)].filter((event) => event.recordedAt < cut));
    await replay(early);
    await replay(service);
    const before = (found: readonly ForecastGrade[]) => found.filter((one) => one.window.until <= day.parse('2026-08-01'));
    for (const [level, kind] of [
      ['company', 'month'],
      ['rep', 'month'],
      ['team', 'month'],
      ['company', 'week'],
    ] as const) {
      const [then, now] = [before(await gradedAt(early, level, kind)), before(await gradedAt(service, level, kind))];
      expect(then.length).toBeGreaterThan(0);
      expect(now).toEqual(then);
    }
  });

  it('gives the grades of the nightly forecasts of that time, to the last digit', async () => {
    // 23 weeks: as many as a forecast learns from, so both have learnt the same
    const stories = yearOfStories(300).filter((story) => story.began <= 160);
    const live = await forecastInMemory(0, toInstant('2026-09-30T10:00:00Z'));
    await live.company.fold(companyHistory);
    const tellUntil = (at: Instant) => live.view.fold([process, ...stories.flatMap(eventsOf)].filter((event) => event.recordedAt < at));
    await tellUntil(toInstant('2026-09-30T22:00:00Z'));
    await live.night('2026-10-01', 'snapshot');
    await tellUntil(toInstant('2026-10-31T23:00:00Z'));
    await live.night('2026-11-01', 'grade');
    const graded = live
      .events()
      .flatMap((event) => (event.name === 'ForecastGraded' ? [forecastGraded.parse(event).data] : []))
      .filter((one) => one.window.label === '2026-10' && one.node.level !== 'segment');
    expect(graded.length).toBeGreaterThan(5);

    const later = await forecastInMemory(0, toInstant('2026-11-01T09:00:00Z'));
    await later.company.fold(companyHistory);
    await later.view.fold([process, ...stories.flatMap(eventsOf)].filter((event) => event.recordedAt < toInstant('2026-10-31T23:00:00Z')));
    await replay(later);
    for (const one of graded) {
      const replayed = await later.replays.graded({ level: one.node.level, key: one.node.key, kind: 'month' }, 'start');
      expect(replayed?.grades.find(({ window }) => window.label === '2026-10')).toEqual(one);
    }
  });
});

describe('the baselines of a replay', () => {
  const half = [null, 'need', 'offer'].map((milestoneId) => ({ milestoneId, percent: 50 }));
  const route = 'PUT /forecasts/stage-probabilities/{processId}';
  const put = (body: object, headers: Readonly<Record<string, string>> = { 'if-none-match': '*' }) =>
    service.call(route, { path: { processId: 'standard' }, body, headers });
  const weightedOf = async () =>
    (await gradedAt(service, 'company', 'month')).map((one) => [one.day, one.baselines.stageWeighted] as const);

  it('use fixed probabilities from the day on which they came into force', async () => {
    const first = await put({ probabilities: half });
    await replay(service);
    expect((await weightedOf()).every(([, figure]) => figure === null)).toBe(true);
    const second = await put({ probabilities: half, since: '2026-07-01' }, { 'if-match': first.etag });
    expect(second).toMatchObject({ status: 200, json: { since: '2026-07-01' } });
    await replay(service);
    const found = await weightedOf();
    // on the day itself they are not recorded yet
    expect(found.filter(([on]) => on <= '2026-07-01').every(([, figure]) => figure === null)).toBe(true);
    expect(found.filter(([on]) => on > '2026-07-01').every(([, figure]) => figure !== null && figure > 0)).toBe(true);
    const view = ofHorizon(await gradesOf(service), 'middle');
    expect(view?.baselines.find((one) => one.baseline === 'stage-weighted')?.windows).toBe(4);
  });

  it('use the rep estimates recorded by then, and make no claim below 8 windows', async () => {
    const estimates = yearOfStories(240).map(({ id, began }) =>
      envelopeOf(
        repEstimateImported,
        { subject: id, sequence: 90, at: daysAgo(began) },
        { opportunityId: id, processId: 'standard', percent: 50, closesOn: null },
      ),
    );
    await service.estimates.fold(estimates.filter((one) => one.recordedAt >= '2026-06-01'));
    await replay(service);
    const imported = async () => ofHorizon(await gradesOf(service), 'start')?.baselines.find((one) => one.baseline === 'rep-estimates');
    const some = await imported();
    expect(some?.windows).toBeGreaterThan(2);
    expect(some?.windows).toBeLessThan(8);
    expect(some).toMatchObject({ claim: false });
    await service.estimates.fold(estimates);
    await replay(service);
    expect(await imported()).toMatchObject({ claim: true, windows: ofHorizon(await gradesOf(service), 'start')?.windows });
  });
});

describe('a run of a replay', () => {
  it('is requested by operations; a request during a pending run joins it', async () => {
    expect((await ask(service, 'rep')).status).toBe(403);
    const first = replayView.parse((await ask(service)).json);
    expect(first.replayedAt).toBeNull();
    expect(replayView.parse((await ask(service)).json)).toEqual(first);
    expect(service.events().filter((event) => event.name === 'ReplayRequested')).toHaveLength(1);
    const nobody = await forecastInMemory(0);
    expect(await ask(nobody)).toMatchObject({ status: 422, code: 'settings-missing' });
  });

  it('runs once however often it is delivered, and replaces the run before', async () => {
    await replay(service);
    const kept = () => service.table.dump().filter((item) => item.pk.startsWith('REPLAYED#'));
    const before = kept();
    await service.deliverReplays();
    expect(kept()).toEqual(before);
    expect(service.events().filter((event) => event.name === 'HistoryReplayed')).toHaveLength(1);
    await replay(service);
    expect(kept()).toHaveLength(before.length);
    expect(kept().every((item) => item.sk.startsWith('000002#'))).toBe(true);
  });

  it('is requested by the nightly grading once, and again after an import of older history', async () => {
    const request = () => service.events().filter((event) => event.name === 'ReplayRequested').length;
    await service.night('2026-11-10', 'grade');
    expect(request()).toBe(1);
    await service.deliverReplays();
    expect(ofHorizon(await gradesOf(service), 'start')?.windows).toBeGreaterThanOrEqual(8);
    await service.night('2026-11-11', 'grade');
    expect(request()).toBe(1);
    await service.play({ id: 'old', rep: 'ben', began: 500, minor: 5_000, steps: [{ what: 'won', after: 3 }] });
    await service.night('2026-11-12', 'grade');
    expect(request()).toBe(2);
  });

  it('emits events with the fields of the published samples', async () => {
    await replay(service);
    for (const definition of forecastEvents.filter((one) => ['ReplayRequested', 'HistoryReplayed'].includes(one.name))) {
      const path = new URL(`../../../../../packages/contracts/samples/${definition.name}.v1.json`, import.meta.url);
      const sample = definition.parse(JSON.parse(readFileSync(path, 'utf8')));
      const event = service.events().find((one) => one.name === definition.name);
      expect(Object.keys(event?.data ?? {}).toSorted()).toEqual(Object.keys(sample.data).toSorted());
    }
  });
});
