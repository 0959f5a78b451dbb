import {
  progressView,
  forecastView,
  gradesView,
  judgementView,
  leaksView,
  replayView,
  opportunityView,
  stageProbabilitiesView,
  whatIfView,
  type ForecastView,
  type OpportunityView,
} from '@meilenstein/contracts';
import {
  addDays,
  addMillis,
  dayOf,
  periodOf,
  startOfDay,
  timeZone,
  toInstant,
  toMoney,
  type Day,
  type Instant,
  type MoneyText,
} from '@meilenstein/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { machines } from '@meilenstein/demo/company/documents';
import { advance } from '@meilenstein/demo/steps/new-business';
import { refoldDifferences } from '../demo/refold.ts';
import { everyPage, apiClient, type ApiClient } from '@meilenstein/demo/client/api-client';
import { bootSmallCompany, type SmallCompany } from './small-company.ts';

const zone = timeZone.parse('Europe/Berlin');
const calendar = { kind: 'months', startMonth: 1 } as const;
const today = dayOf(toInstant(Date.now()), zone);
const quarter = periodOf(calendar, 'quarter', today);
const month = periodOf(calendar, 'month', today);
/** Yesterday, or today where the quarter began today. */
const since = quarter.from === today ? today : addDays(today, -1);

const cents = (amount: MoneyText): number => toMoney(amount).minor;
const night = (on: Day): Instant => addMillis(startOfDay(on, zone), 900_000);

let company: SmallCompany;
let who: Readonly<Record<'finance' | 'operations' | 'leader' | 'seller' | 'marketing', ApiClient>>;

const run = (schedule: string, on: Day) => company.cloud.runSchedule(`meilenstein-dev-${schedule}`, night(on));
const forecast = (query: string, by: ApiClient = who.finance): Promise<ForecastView> => by.get(forecastView, `/forecasts?${query}`);
const refusal = async (by: ApiClient, method: string, path: string, body?: unknown) => {
  const answer = await by.call(method, path, body === undefined ? {} : { body });
  const { type = '' } = z.looseObject({ type: z.string().optional() }).parse(answer.body ?? {});
  return [answer.status, type.replace('urn:meilenstein:problem:', '')];
};

const open = async (): Promise<readonly OpportunityView[]> => everyPage(who.operations, opportunityView, '/opportunities?status=open');

beforeAll(async () => {
  company = await bootSmallCompany({ leads: 10, opportunities: 260 });
  const { cloud } = company;
  who = {
    finance: await apiClient(cloud, 'finance', 'login-finance'),
    operations: await apiClient(cloud, 'operations', 'login-operations'),
    leader: await apiClient(cloud, 'manager', 'login-manager-nord'),
    seller: await apiClient(cloud, 'rep', 'login-rep-nord-1'),
    marketing: await apiClient(cloud, 'marketing', 'login-marketing'),
  };
}, 240_000);

afterAll(async () => {
  await company.end();
});

describe('the forecast of a company with a year of history, over HTTP', () => {
  it('is the sum of booked, existing and future at every node, and the nodes add up to the cent', async () => {
    for (const window of ['week', 'month', 'quarter']) {
      const whole = await forecast(`window=${window}`);
      expect(cents(whole.mean)).toBe(cents(whole.booked) + cents(whole.existing.total) + cents(whole.future));
      expect(whole.existing.byMilestone.reduce((sum, one) => sum + cents(one.expected), 0)).toBe(cents(whole.existing.total));
      expect([whole.p10, whole.p50, whole.p90].map(cents)).toEqual([whole.p10, whole.p50, whole.p90].map(cents).toSorted((a, b) => a - b));
      const sum = async (level: string, keys: readonly string[]) =>
        (await Promise.all(keys.map((key) => forecast(`window=${window}&level=${level}&key=${key}`)))).reduce(
          (all, one) => all + cents(one.mean),
          0,
        );
      const towns = ['nord', 'ost', 'sued', 'west'];
      expect(
        await sum(
          'team',
          towns.map((town) => `team-${town}`),
        ),
      ).toBe(cents(whole.mean));
      expect(
        await sum(
          'rep',
          towns.flatMap((town) => Array.from({ length: 6 }, (_, n) => `rep-${town}-${n + 1}`)),
        ),
      ).toBe(cents(whole.mean));
      expect(await sum('process', [machines])).toBe(cents(whole.mean));
    }
    const quarterly = await forecast('window=quarter');
    expect(quarterly.enoughFacts).toBe(true);
    expect(cents(quarterly.existing.total)).toBeGreaterThan(0);
    expect(await refusal(who.finance, 'GET', '/forecasts?window=decade')).toEqual([400, 'request-invalid']);
    expect(await refusal(who.finance, 'GET', '/forecasts?level=team&key=nowhere')).toEqual([404, 'node-not-found']);
    expect(await refusal(who.seller, 'GET', '/forecasts')).toEqual([404, 'node-not-found']);
    expect(await refusal(who.marketing, 'GET', '/forecasts')).toEqual([403, 'role-not-allowed']);
  }, 60_000);

  it('is shown beside the quota, with what it takes to close the gap', async () => {
    const rep = await forecast('level=rep&key=rep-nord-1&window=quarter', who.seller);
    if (rep.quota === null || rep.gap === null) throw new Error('the plan covers every rep');
    expect(cents(rep.gap)).toBe(cents(rep.quota) - cents(rep.mean));
    expect(rep.requiredNewOpportunities?.count === 0).toBe(cents(rep.gap) <= 0);
    expect((await forecast(`level=process&key=${machines}&window=quarter`)).quota).toBeNull();
  });

  it('explains why it changed, to the cent, at every node', async () => {
    await run('nightly-snapshot', since);
    const kept = await forecast(`window=quarter&snapshot=${since}`);
    const [first, second, third] = await open();
    if (first === undefined || second === undefined || third === undefined) throw new Error('a year leaves some open');
    await advance(company.cloud, first.opportunityId, first.repId, { milestones: 5, amount: '77000.00' });
    await who.operations.send(opportunityView, 'POST', `/opportunities/${second.opportunityId}/lose`, {
      body: { reason: 'price' },
      ifMatch: (await who.operations.call('GET', `/opportunities/${second.opportunityId}`)).etag ?? '',
    });
    const next = third.milestones.length + 1;
    if (next < 5) await advance(company.cloud, third.opportunityId, third.repId, { milestones: next, amount: '1.00' });
    await who.operations.send(opportunityView, 'POST', '/opportunities', {
      body: {
        processId: machines,
        account: { id: 'new-one', name: 'Neu AG' },
        owner: 'rep-nord-1',
        segment: 'midsize',
        amount: { amount: '30000.00', currency: 'EUR' },
      },
    });
    await company.cloud.quiet();

    const nodes = [
      '',
      '&level=team&key=team-nord',
      `&level=rep&key=${first.repId}`,
      '&level=segment&key=midsize',
      `&level=process&key=${machines}`,
    ];
    for (const node of nodes) {
      const now = await forecast(`window=quarter&since=${since}${node}`);
      if (now.change === null) throw new Error('a change was asked for');
      const { before, difference, parts } = now.change;
      const sum = Object.values(parts).reduce((all, part) => all + cents(part), 0);
      expect([node, sum]).toEqual([node, cents(difference)]);
      expect([node, cents(before) + cents(difference)]).toEqual([node, cents(now.mean)]);
    }
    const whole = await forecast(`window=quarter&since=${since}`);
    expect(whole.change?.before).toEqual(kept.mean);
    expect(cents(whole.change?.parts.won ?? kept.mean)).toBeGreaterThan(0);
    expect(cents(whole.change?.parts.lost ?? kept.mean)).toBeLessThanOrEqual(0);
    expect((await forecast(`window=quarter&snapshot=${since}`)).mean).toEqual(kept.mean);
    expect(await refusal(who.finance, 'GET', '/forecasts?since=2020-01-01')).toEqual([404, 'snapshot-not-found']);
  }, 60_000);

  it('shows the current week, month and quarter beside the forecasts from their first day', async () => {
    await run('nightly-snapshot', month.from);
    const { windows } = await who.leader.get(progressView, '/forecasts/progress?level=team&key=team-nord');
    expect(windows.map((one) => one.window.kind)).toEqual(['week', 'month', 'quarter']);
    expect(windows[1]?.atStart?.day).toBe(month.from);
    expect(windows[1]?.actual).toEqual((await forecast('level=team&key=team-nord&window=month')).booked);
    expect(await refusal(who.leader, 'GET', '/forecasts/progress?level=team&key=team-ost')).toEqual([404, 'node-not-found']);
  });

  it('is not changed by a judgement or by fixed probabilities, which are graded after the month', async () => {
    const before = await forecast('level=team&key=team-nord&window=month');
    const said = {
      level: 'team',
      key: 'team-nord',
      window: 'month',
      amount: { amount: '123456.00', currency: 'EUR' },
      reason: 'Two big ones.',
    };
    const made = await who.leader.send(judgementView, 'POST', '/forecasts/judgements', { body: said });
    expect(made.versions).toMatchObject([{ version: 1, madeBy: 'manager-nord', reason: 'Two big ones.', computed: before.mean }]);
    expect(await refusal(who.leader, 'POST', '/forecasts/judgements', { ...said, key: 'team-ost' })).toEqual([404, 'node-not-found']);
    expect(await refusal(who.leader, 'POST', '/forecasts/judgements', { ...said, reason: '' })).toEqual([400, 'request-invalid']);
    expect(await refusal(who.seller, 'POST', '/forecasts/judgements', said)).toEqual([403, 'role-not-allowed']);
    const stages = `/forecasts/stage-probabilities/${machines}`;
    const probabilities = [{ milestoneId: 'offer-discussed', percent: 60 }];
    await who.operations.send(stageProbabilitiesView, 'PUT', stages, { create: true, body: { probabilities } });
    expect(await who.finance.get(stageProbabilitiesView, stages)).toEqual({ processId: machines, probabilities });
    const wrong = await who.operations.call('PUT', stages, { create: true, body: { probabilities } });
    expect(wrong.status).toBe(412);
    expect((await forecast('level=team&key=team-nord&window=month')).mean).toEqual(before.mean);

    await run('grade-forecasts', month.until);
    const grades = await who.leader.get(gradesView, '/forecasts/grades?level=team&key=team-nord&window=month');
    expect(grades.horizons.map((one) => [one.horizon, one.claim])).toEqual([
      ['start', false],
      ['middle', false],
      ['last-week', false],
    ]);
    expect(grades.horizons[0]).toMatchObject({ windows: 1, forecasts: 1, biased: false });
    expect(grades.latest[0]?.actual).toEqual(before.booked);
    expect(await refusal(who.leader, 'GET', '/forecasts/grades?level=team&key=team-ost')).toEqual([404, 'node-not-found']);
    const mine = await everyPage(who.leader, judgementView, '/forecasts/judgements?level=team&key=team-nord&window=month');
    expect(mine.map((one) => one.window.label)).toEqual([month.label]);
    expect(mine[0]?.outcome?.actual).toEqual(before.booked);
    expect(await refusal(who.seller, 'GET', '/forecasts/judgements')).toEqual([403, 'role-not-allowed']);
  }, 60_000);

  it('shows the grades that forecasts of the imported year would have had, separate from those of real forecasts', async () => {
    expect(await refusal(who.seller, 'POST', '/forecasts/replays')).toEqual([403, 'role-not-allowed']);
    await who.operations.send(replayView, 'POST', '/forecasts/replays');
    await company.cloud.quiet();
    const ofWeeks = await who.finance.get(gradesView, '/forecasts/grades?window=week');
    expect(ofWeeks.replayed?.horizons[0]).toMatchObject({ horizon: 'start', claim: true, wape: { ratio: expect.any(Number) } });
    expect(ofWeeks.replayed?.horizons[0]?.baselines[0]).toMatchObject({ baseline: 'run-rate', claim: true });
    expect(ofWeeks.horizons[0]?.claim).toBe(false);
  }, 60_000);

  it('answers what-if questions and stores nothing of them', async () => {
    const ask = (body: unknown) => who.finance.send(whatIfView, 'POST', '/forecasts/what-if', { body });
    const before = await forecast('window=quarter');
    const dearer = await ask({ window: 'quarter', amount: 1.5 });
    expect(dearer.asItIs.mean).toEqual(before.mean);
    expect(cents(dearer.whatIf.existing)).toBeGreaterThan(cents(dearer.asItIs.existing));
    expect(cents(dearer.difference)).toBe(cents(dearer.whatIf.mean) - cents(dearer.asItIs.mean));
    const better = await ask({ window: 'quarter', winRate: 1.5 });
    expect(cents(better.whatIf.existing)).toBeGreaterThan(cents(better.asItIs.existing));
    const busier = await ask({ window: 'quarter', arrivals: 2 });
    expect(cents(busier.whatIf.future)).toBeGreaterThan(cents(busier.asItIs.future));
    const alone = await ask({ window: 'quarter', level: 'rep', key: 'rep-nord-1', lostReps: ['rep-nord-1'] });
    expect(cents(alone.whatIf.existing)).toBe(0);
    expect((await forecast('window=quarter')).mean).toEqual(before.mean);
    expect(await refusal(who.finance, 'POST', '/forecasts/what-if', { amount: -1 })).toEqual([400, 'request-invalid']);
    expect(await refusal(who.finance, 'POST', '/forecasts/what-if', { lostReps: ['nobody'] })).toEqual([422, 'rep-not-found']);
  }, 60_000);

  it('reports conversion between milestones, immature cohorts, and stalled opportunities', async () => {
    const { flows, stalls, stalled } = await who.finance.get(leaksView, '/leaks');
    expect(new Set(flows.map((one) => one.dimension))).toEqual(new Set(['process', 'segment', 'team']));
    expect(new Set(flows.map((one) => one.milestoneId))).toEqual(
      new Set([null, 'need-named', 'plant-shown', 'requirements-sent', 'offer-discussed']),
    );
    expect(flows.every((one) => one.immature.length > 0)).toBe(true);
    expect(stalls.every((one) => one.days > one.usualDays)).toBe(true);
    expect(stalled).toBe(Math.max(stalled, stalls.length));
    const team = await who.leader.get(leaksView, '/leaks');
    expect(new Set(team.flows.map((one) => one.key))).toEqual(new Set(['team-nord']));
    expect(team.stalls.every((one) => one.teamId === 'team-nord')).toBe(true);
    const own = await who.seller.get(leaksView, '/leaks');
    expect([own.flows, own.stalls.filter((one) => one.repId !== 'rep-nord-1')]).toEqual([[], []]);
    await run('find-leaks', today);
    expect(await refusal(who.finance, 'GET', '/leaks?dimension=moon')).toEqual([400, 'request-invalid']);
    expect(await refusal(who.marketing, 'GET', '/leaks')).toEqual([403, 'role-not-allowed']);
  });

  it('follows what is put right: evidence, an order, a part of it, and an opportunity that is open again', async () => {
    const mine = 'level=rep&key=rep-nord-1&window=month';
    const bookedOf = async () => cents((await forecast(mine)).booked);
    const attained = z.object({ recorded: z.object({ amount: z.object({ amount: z.string(), currency: z.literal('EUR') }) }) });
    const recordedOf = async () =>
      Number((await who.finance.get(attained, `/attainment?node=rep:rep-nord-1&period=${month.label}`)).recorded.amount.amount) * 100;
    const [booked, recorded] = [await bookedOf(), await recordedOf()];
    const euros = (amount: string) => ({ amount, currency: 'EUR' });
    const evidence = (act: string, party = 'customer') => ({
      act,
      by: { party, role: 'buyer' },
      occurredAt: new Date().toISOString(),
      channel: 'call',
    });
    const { opportunityId } = await who.seller.send(opportunityView, 'POST', '/opportunities', {
      body: { processId: machines, account: { id: 'put-right', name: 'Richtig AG' }, owner: 'rep-nord-1', segment: 'midsize' },
    });
    const path = `/opportunities/${opportunityId}`;
    const change = async (by: ApiClient, what: string, body: unknown) =>
      by.send(opportunityView, 'POST', `${path}/${what}`, { body, ifMatch: (await by.call('GET', path)).etag ?? '' });
    const refused = async (by: ApiClient, what: string, body: unknown) => {
      const { status, body: problem } = await by.call('POST', `${path}/${what}`, {
        body,
        ifMatch: (await by.call('GET', path)).etag ?? '',
      });
      return [status, z.looseObject({ type: z.string() }).parse(problem).type.replace('urn:meilenstein:problem:', '')];
    };

    await change(who.seller, 'milestones', { milestoneId: 'need-named', evidence: evidence('said') });
    expect(await refused(who.seller, 'milestones/need-named/correct', { evidence: evidence('wrote') })).toEqual([422, 'reason-missing']);
    const right = { reason: 'misunderstood', evidence: evidence('wrote') };
    expect((await change(who.seller, 'milestones/need-named/correct', right)).milestones).toMatchObject([{ act: 'wrote' }]);
    expect(await refused(who.seller, 'milestones/plant-shown/withdraw', { reason: 'wrong-entry' })).toEqual([404, 'evidence-not-found']);
    expect((await change(who.seller, 'milestones/need-named/withdraw', { reason: 'wrong-entry' })).milestones).toEqual([]);
    const { act: _, ...ours } = evidence('said', 'us');
    expect(await refused(who.seller, 'responses', { kind: 'asked', ...ours })).toEqual([422, 'evidence-not-from-customer']);
    const asked = { kind: 'asked', ...ours, by: { party: 'customer', role: 'buyer' } };
    expect(await change(who.seller, 'responses', asked)).toMatchObject({ milestones: [], responses: [{ kind: 'asked' }] });

    const order = { milestoneId: 'ordered', evidence: evidence('wrote'), amount: euros('9999.00') };
    await change(who.seller, 'milestones', order);
    const correction = { reason: 'wrong-entry', amount: euros('8000.00') };
    await change(who.seller, 'order/correct', correction);
    expect(await refused(who.seller, 'cancel', { reason: 'not-paid' })).toEqual([403, 'role-not-allowed']);
    expect(await refused(who.leader, 'cancel', { reason: 'not-paid', amount: euros('8000.01') })).toEqual([422, 'amount-above-order']);
    expect(await change(who.leader, 'cancel', { reason: 'not-paid', amount: euros('3000.00') })).toMatchObject({ status: 'won' });
    await company.cloud.quiet();
    expect([(await bookedOf()) - booked, (await recordedOf()) - recorded].map(Math.round)).toEqual([500_000, 500_000]);

    expect(await refused(who.seller, 'reopen', { reason: 'other' })).toEqual([422, 'opportunity-not-closed']);
    await change(who.leader, 'cancel', { reason: 'customer-withdrew' });
    expect(await change(who.seller, 'reopen', { reason: 'customer-came-back' })).toMatchObject({ status: 'open', order: null });
    await company.cloud.quiet();
    expect([(await bookedOf()) - booked, (await recordedOf()) - recorded].map(Math.round)).toEqual([0, 0]);
  }, 90_000);

  it('comes from a view that equals the fold of all events', async () => {
    await company.cloud.quiet();
    const forecastView = (await refoldDifferences(company.cloud)).filter((one) => one.view === 'forecast');
    expect(forecastView).toMatchObject([{ different: [] }]);
    expect(forecastView[0]?.compared).toBeGreaterThan(500);
  }, 60_000);
});
