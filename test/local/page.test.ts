import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { cachedAssembly } from '@meilenstein/demo/assembly';
import { bootCloud, type Cloud } from '@meilenstein/local';
import { browserByFetch, tokensIn } from '@meilenstein/local/testing/browser-by-fetch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';

const config = z.strictObject({
  issuer: z.url(),
  clientId: z.string(),
  scope: z.string(),
  stage: z.literal('dev'),
  language: z.enum(['de', 'en']),
  uploadOrigins: z.array(z.url()),
});
const policySchema = z.object({
  Resources: z.record(
    z.string(),
    z.looseObject({
      Type: z.string(),
      Properties: z
        .looseObject({
          ResponseHeadersPolicyConfig: z
            .object({
              SecurityHeadersConfig: z.looseObject({
                ContentSecurityPolicy: z.object({
                  ContentSecurityPolicy: z.object({ 'Fn::Join': z.tuple([z.literal(''), z.array(z.unknown())]) }),
                }),
                ReferrerPolicy: z.object({ ReferrerPolicy: z.string() }),
              }),
              CustomHeadersConfig: z.object({ Items: z.array(z.object({ Header: z.string(), Value: z.string() })) }),
            })
            .optional(),
        })
        .optional(),
    }),
  ),
});

describe('the page on the local cloud', () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'page-'));
  const assembly = cachedAssembly();
  let cloud: Cloud;
  const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${cloud.apiUrl}${path}`, { redirect: 'manual', headers });
  const template = () => {
    const { Resources } = policySchema.parse(JSON.parse(readFileSync(join(assembly, 'meilenstein-dev-edge.template.json'), 'utf8')));
    const policy = Object.values(Resources).find(({ Type }) => Type === 'AWS::CloudFront::ResponseHeadersPolicy');
    if (policy?.Properties?.ResponseHeadersPolicyConfig === undefined) throw new Error('the edge has no headers for the page');
    return policy.Properties.ResponseHeadersPolicyConfig;
  };
  const readConfig = async () => config.parse(await (await get('/app/config.json')).json());

  beforeAll(async () => {
    cloud = await bootCloud({ assembly, dataFolder, inMemory: true });
    cloud.offerPersonas([
      {
        subject: 'login-finance',
        name: 'Fiona Fuchs',
        role: { de: 'Finanzen', en: 'Finance' },
        hint: { de: 'Sieht Berichte', en: 'Sees reports' },
        claims: { 'cognito:groups': ['finance'] },
      },
    ]);
  });
  afterAll(async () => {
    await cloud.stop();
    rmSync(dataFolder, { recursive: true });
  });

  it('is served with the headers of the template', async () => {
    const { SecurityHeadersConfig: security, CustomHeadersConfig: custom } = template();
    const [, parts] = security.ContentSecurityPolicy.ContentSecurityPolicy['Fn::Join'];
    const { headers } = await get('/app/');
    const policy = headers.get('content-security-policy') ?? '';
    // What is text in the template stands word for word in the header; the rest are addresses, which depend on where it runs.
    const texts = parts.filter((part) => typeof part === 'string').filter((part) => part.includes(';'));
    expect(texts.map((part) => part.replace(/ https:.*$/, ''))).not.toEqual([]);
    expect(policy.startsWith(String(texts[0]))).toBe(true);
    expect(policy.endsWith(String(texts.at(-1)).replace(/^[^;]*/, ''))).toBe(true);
    expect(headers.get('referrer-policy')).toBe(security.ReferrerPolicy.ReferrerPolicy);
    for (const { Header, Value } of custom.Items) expect(headers.get(Header)).toBe(Value);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toContain('max-age=');
  });

  it('may connect to the sign-in and to the buckets of uploads, and to nothing else', async () => {
    const { issuer, uploadOrigins } = await readConfig();
    const policy = (await get('/app/')).headers.get('content-security-policy') ?? '';
    const [, connect = ''] = /connect-src ([^;]*)/.exec(policy) ?? [];
    expect(new Set(connect.split(' '))).toEqual(new Set(["'self'", new URL(issuer).origin, ...uploadOrigins]));
  });

  it('has one document for all of its addresses, which names files that are there', async () => {
    const [start, deep] = await Promise.all(
      ['/app/', '/app/opportunities/opp-1?tab=timeline'].map(async (path) => (await get(path)).text()),
    );
    expect(deep).toBe(start);
    const named = [...String(start).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path);
    expect(named.some((path) => path.startsWith('/app/assets/'))).toBe(true);
    for (const path of named) expect([path, (await get(path)).status]).toEqual([path, 200]);
  });

  it('lets browsers keep assets for good and ask for the document each time', async () => {
    const [, asset = ''] = /"(\/app\/assets\/[^"]+)"/.exec(await (await get('/app/')).text()) ?? [];
    const script = await get(asset, { 'accept-encoding': 'br' });
    expect([script.headers.get('cache-control'), script.headers.get('content-encoding')]).toEqual([
      'public, max-age=31536000, immutable',
      'br',
    ]);
    expect((await get('/app/')).headers.get('cache-control')).toBe('no-cache');
  });

  it('answers a missing asset with 404 and never with a document', async () => {
    const missing = await get('/app/assets/index-of-last-week.js');
    expect([missing.status, missing.headers.get('content-type')]).toEqual([404, 'application/xml']);
  });

  it('is where somebody comes to who opens the bare address', async () => {
    for (const path of ['/', '/app']) expect((await get(path)).headers.get('location')).toBe('/app/');
  });

  it('leaves the answers of the API as they are', async () => {
    const token = await cloud.tokenFor({ subject: 'login-finance', claims: { 'cognito:groups': ['finance'] } });
    const answer = await get('/reports/nothing/runs', { authorization: `Bearer ${token}` });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, expect.stringContaining('application/problem+json')]);
    expect((await get('/leads')).status).toBe(401);
  });

  it('S14: answers what no route serves with a problem document, without a token and in the language of the caller', async () => {
    const unknown = await get('/nowhere', { 'accept-language': 'de' });
    expect([unknown.status, unknown.headers.get('content-type'), unknown.headers.get('x-request-id')]).toEqual([
      404,
      'application/problem+json',
      expect.stringMatching(/./),
    ]);
    expect(await unknown.json()).toMatchObject({ type: 'urn:meilenstein:problem:route-not-found', title: 'Nicht gefunden' });
    const wrong = await fetch(`${cloud.apiUrl}/leads`, { method: 'PATCH' });
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, OPTIONS']);
    expect(await wrong.json()).toMatchObject({ type: 'urn:meilenstein:problem:method-not-allowed', value: 'PATCH' });
  });

  it('signs a persona in by code and PKCE, with a token that the API accepts and a refresh that gives another one', async () => {
    const { issuer, clientId } = await readConfig();
    const tab = browserByFetch({ issuer, clientId, origin: new URL(cloud.pageUrl).origin });
    const { access_token: token, refresh_token: refresh } = await tab.signIn('login-finance');
    const runs = (bearer: string) => get('/kpis', { authorization: `Bearer ${bearer}` });
    expect((await runs(token)).status).toBe(200);
    const next = await tokensIn(await tab.refresh(refresh));
    expect((await runs(next.access_token)).status).toBe(200);
    expect((await runs(next.id_token.slice(0, -9))).status).toBe(401);
  });
});
