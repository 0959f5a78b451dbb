import { addMillis, toInstant, type Instant } from '@meilenstein/kernel';
import type { Role } from '@meilenstein/contracts';
import { memoryTable } from '@meilenstein/runtime/memory-table';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { companyHistory, eventsOf, now, process, yearOfStories } from '../example-history.ts';
import { forecastStores } from '../store/forecast-stores.ts';
import { forecastHttp } from './forecast-api.ts';
import { nightlySnapshot } from './nightly-snapshot.ts';

const bench = () => {
  let at = now;
  let ids = 0;
  const clock = { now: () => at };
  const table = memoryTable(clock);
  const machinery = {
    table,
    clock,
    ids: { next: () => `id${(ids += 1)}` },
    delay: async () => {},
    random: () => 0,
    claimNames: { roles: 'roles', sources: 'sources' },
  };
  const deps = { ...machinery, ...forecastStores(machinery) };
  return { deps, table, http: forecastHttp(deps), snapshot: nightlySnapshot(deps), turnTo: (then: Instant) => void (at = then) };
};

type Asked = { readonly role?: Role; readonly login?: string; readonly ifNoneMatch?: string; readonly query?: Record<string, string> };

const request = ({ role = 'admin', login = 'login-nobody', ifNoneMatch, query = {} }: Asked): APIGatewayProxyEventV2 => {
  const context = {
    accountId: '1',
    apiId: 'a',
    domainName: 'd',
    domainPrefix: 'd',
    requestId: 'r',
    routeKey: 'GET /forecasts',
    stage: '$default',
    time: '',
    timeEpoch: 0,
    http: { method: 'GET', path: '/forecasts', protocol: 'HTTP/1.1', sourceIp: '::1', userAgent: 'test' },
    authorizer: { jwt: { claims: { sub: login, roles: `[${role}]` }, scopes: [] }, principalId: '', integrationLatency: 0 },
  };
  return {
    version: '2.0',
    routeKey: 'GET /forecasts',
    rawPath: '/forecasts',
    rawQueryString: '',
    headers: ifNoneMatch === undefined ? {} : { 'if-none-match': ifNoneMatch },
    queryStringParameters: query,
    requestContext: context,
    isBase64Encoded: false,
  };
};

const text = z.object({ amount: z.string() });
const answered = z.looseObject({
  asOf: z.string(),
  mean: text,
  booked: text,
  existing: z.looseObject({ total: text, byMilestone: z.array(z.unknown()) }),
  future: text,
  p10: text,
  p90: text,
  window: z.looseObject({ label: z.string() }),
  enoughFacts: z.boolean(),
});
const cents = (one: z.infer<typeof text>): number => Math.round(Number(one.amount) * 100);

const ask = async (http: ReturnType<typeof bench>['http'], asked: Asked) => {
  const { statusCode, body = '', headers } = await http(request(asked));
  return {
    status: statusCode,
    json: () => JSON.parse(body),
    view: () => answered.parse(JSON.parse(body)),
    etag: String(headers?.['etag']),
  };
};

const codeOf = async (http: ReturnType<typeof bench>['http'], asked: Asked) => {
  const answer = await ask(http, asked);
  return [answer.status, z.looseObject({ type: z.string() }).parse(answer.json()).type];
};

describe('GET /forecasts', () => {
  let { deps, http, snapshot, turnTo } = bench();
  beforeEach(async () => {
    ({ deps, http, snapshot, turnTo } = bench());
    await deps.company.fold(companyHistory);
    await deps.view.fold([process, ...yearOfStories(120).flatMap(eventsOf)]);
  });

  it('answers with the final shape; the parts make the mean', async () => {
    const { status, view } = await ask(http, {});
    const { mean, booked, existing, future, p10, p90, window, enoughFacts } = view();
    expect(status).toBe(200);
    expect(window.label).toBe('2026-11');
    expect(enoughFacts).toBe(true);
    expect(cents(booked)).toBeGreaterThan(0);
    expect(cents(existing.total)).toBeGreaterThan(0);
    expect(cents(future)).toBeGreaterThan(0);
    expect(cents(mean)).toBe(cents(booked) + cents(existing.total) + cents(future));
    expect(cents(p10)).toBeLessThanOrEqual(cents(p90));
  });

  it('adds up over teams and reps, each read through its own rows', async () => {
    const meanOf = async (level: string, key: string) => cents((await ask(http, { query: { level, key, window: 'quarter' } })).view().mean);
    const whole = await meanOf('company', 'company');
    expect((await meanOf('team', 'north')) + (await meanOf('team', 'south'))).toBe(whole);
    const people = await Promise.all(['anna', 'ben', 'cora', 'dirk'].map((rep) => meanOf('rep', rep)));
    expect(people.reduce((a, b) => a + b, 0)).toBe(whole);
  });

  it('is 304 while no figure changed, even though time went on, and 200 after an event', async () => {
    const first = await ask(http, {});
    turnTo(addMillis(now, 60_000));
    expect((await ask(http, { ifNoneMatch: first.etag })).status).toBe(304);
    await deps.view.fold(eventsOf({ id: 'fresh', rep: 'ben', began: 1, minor: 100_000, steps: [{ what: 'won', after: 0.5 }] }));
    const next = await ask(http, { ifNoneMatch: first.etag });
    expect(next.status).toBe(200);
    expect(next.etag).not.toBe(first.etag);
  });

  it.each([
    ['rep', 'login-ben', 'rep', 'ben', 200],
    ['rep', 'login-ben', 'rep', 'anna', 404],
    ['rep', 'login-ben', 'team', 'north', 404],
    ['rep', 'login-ben', 'company', 'company', 404],
    // the organisation calls her a manager, the token does not
    ['rep', 'login-anna', 'team', 'north', 404],
    ['manager', 'login-anna', 'team', 'north', 200],
    ['manager', 'login-anna', 'rep', 'ben', 200],
    ['manager', 'login-anna', 'rep', 'anna', 200],
    ['manager', 'login-anna', 'team', 'south', 404],
    ['manager', 'login-anna', 'rep', 'dirk', 404],
    ['manager', 'login-anna', 'company', 'company', 404],
    ['manager', 'login-nobody', 'team', 'north', 404],
    ['operations', 'login-x', 'company', 'company', 200],
    ['finance', 'login-x', 'team', 'south', 200],
    ['admin', 'login-x', 'rep', 'dirk', 200],
    ['admin', 'login-x', 'rep', 'nobody', 404],
    ['admin', 'login-x', 'team', 'nowhere', 404],
    ['admin', 'login-x', 'company', 'other', 404],
    ['marketing', 'login-x', 'company', 'company', 403],
    ['integration', 'login-x', 'company', 'company', 403],
  ] as const)('to a %s (%s) about %s %s is %i', async (...[role, login, level, key, status]) => {
    expect((await ask(http, { role, login, query: { level, key } })).status).toBe(status);
  });

  it('says the same of a node that one may not see and of one that is not there: node-is-unknown', async () => {
    const [hidden] = [await codeOf(http, { role: 'rep', login: 'login-ben', query: { level: 'rep', key: 'anna' } })];
    const [absent] = [await codeOf(http, { role: 'rep', login: 'login-ben', query: { level: 'rep', key: 'nobody' } })];
    expect(hidden).toEqual(absent);
    expect(hidden).toEqual([404, expect.stringContaining('node-is-unknown')]);
  });

  it('refuses without settings: settings-are-missing', async () => {
    expect(await codeOf(bench().http, {})).toEqual([422, expect.stringContaining('settings-are-missing')]);
  });

  it('refuses a window that is none', async () => {
    expect((await ask(http, { query: { window: 'decade' } })).status).toBe(400);
  });

  it('refuses a day without a snapshot: snapshot-is-unknown', async () => {
    expect(await codeOf(http, { query: { snapshot: '2026-11-09' } })).toEqual([404, expect.stringContaining('snapshot-is-unknown')]);
  });

  it('reads a snapshot as it was made, whatever happened since', async () => {
    const night = toInstant('2026-11-09T23:30:00Z');
    turnTo(night);
    const live = (await ask(http, { query: { level: 'rep', key: 'ben', window: 'quarter' } })).json();
    await snapshot({ scheduledTime: night });
    await deps.view.fold(eventsOf({ id: 'fresh', rep: 'ben', began: 1, minor: 100_000, steps: [{ what: 'won', after: 0.5 }] }));
    turnTo(addMillis(night, 86_400_000 * 3));
    // half past eleven in UTC is the next day in Berlin
    const asked = { query: { level: 'rep', key: 'ben', window: 'quarter', snapshot: '2026-11-10' } };
    expect((await ask(http, asked)).json()).toEqual(live);
    expect((await ask(http, { ...asked, role: 'rep', login: 'login-dirk' })).status).toBe(404);
  });
});
