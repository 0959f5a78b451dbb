import { allApis, germanProblems } from '@meilenstein/contracts';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { operations, sellingCompany, settings } from './selling-company.ts';

const now = '2026-11-30T09:00:00.000Z';
const german = { headers: { 'accept-language': 'de-DE,de;q=0.9,en;q=0.5' } };
const issues = z.object({ issues: z.array(z.object({ path: z.string(), rule: z.string() })) });

describe('S14 an answer says what is wrong, with one good example', () => {
  it.each(['abc', '"abc"', '"1", "2"'])('If-Match %s is refused as no ETag of ours, not as a conflict', async (tag) => {
    const company = await sellingCompany(now);
    const path = { opportunityId: await company.open('anna') };
    const call = { path, body: { reason: 'price' }, headers: { 'if-match': tag }, ...operations };
    expect(await company.call('pipeline', 'POST /opportunities/{opportunityId}/lose', call)).toMatchObject({
      status: 400,
      code: 'if-match-malformed',
      json: { field: 'If-Match', value: tag, detail: expect.stringContaining('such as "7.x4k2m9"') },
    });
  });

  it('values that cannot be read are answered with an example', async () => {
    const company = await sellingCompany(now);
    const ruleOf = async (service: 'pipeline' | 'quota', route: string, query: Record<string, string>) => {
      const path: Record<string, string> = route.includes('{') ? { opportunityId: 'o' } : {};
      return issues.parse((await company.call(service, route, { query, path, ...operations })).json).issues.map(({ rule }) => rule);
    };
    expect(await ruleOf('pipeline', 'GET /opportunities', { limit: 'abc' })).toEqual(['is a whole number from 1 to 100, such as 50']);
    expect(await ruleOf('pipeline', 'GET /opportunities/{opportunityId}', { asOf: 'yesterday' })).toEqual([
      'is a time with its offset, such as 2026-11-30T09:00:00Z',
    ]);
    expect(await ruleOf('quota', 'GET /attainment', { node: 'north', period: '2026-11' })).toEqual([
      'is `company`, `team:` with an id or `rep:` with an id, such as team:north',
    ]);
  });

  it('examples of periods are those of the company', async () => {
    const company = await sellingCompany(now);
    const april = { ...settings, calendar: { kind: 'months', startMonth: 4 } };
    expect((await company.put('settings', april)).status).toBe(200);
    const query = { node: 'company', period: 'FY2026' };
    expect(await company.call('quota', 'GET /attainment', { query, ...operations })).toMatchObject({
      status: 422,
      json: { detail: 'name a month such as 2026-11, a quarter such as FY2026/27-Q3 or a year such as FY2026/27' },
    });
  });

  it('sentences are German for who asks for German', async () => {
    const company = await sellingCompany(now);
    const path = { opportunityId: 'nobody' };
    expect(await company.call('pipeline', 'GET /opportunities/{opportunityId}', { path, ...german, ...operations })).toMatchObject({
      status: 404,
      headers: { 'content-language': 'de' },
      json: {
        type: 'urn:meilenstein:problem:opportunity-not-found',
        title: 'Nicht gefunden',
        detail: 'Diese Verkaufschance gibt es nicht, oder Sie dürfen sie nicht sehen.',
      },
    });
    const { json } = await company.call('pipeline', 'POST /opportunities', { body: {}, ...german, ...operations });
    expect(issues.parse(json).issues[0]?.rule).toMatch(/^Ungültige Eingabe/);
  });

  it('every refusal of every route has a German sentence', () => {
    const codes = allApis.flatMap((api) => Object.values(api.routes).flatMap(({ refusals }) => Object.keys(refusals)));
    expect([...new Set(codes)].filter((code) => germanProblems[code] === undefined)).toEqual([]);
  });
});
