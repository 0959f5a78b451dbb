import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { close, listen } from '../endpoint/listen.ts';
import { manualTime } from '../testing/manual-time.ts';
import { createLocalIssuer, type LocalIssuer } from '../issuer/local-issuer.ts';
import type { HttpApi, HttpRoute } from './read-http-api.ts';
import { createHttpApiServer } from './http-api-server.ts';
import { routePattern } from './routes.ts';

const eventSchema = z.looseObject({ body: z.string().optional(), isBase64Encoded: z.boolean(), headers: z.record(z.string(), z.string()) });

const route = (routeKey: string, more: Partial<HttpRoute> = {}): HttpRoute => ({
  pattern: routePattern(routeKey),
  functionArn: 'arn:function:any',
  timeoutMillis: 200,
  authorizer: undefined,
  scopes: [],
  ...more,
});

const api: HttpApi = {
  id: 'api',
  cors: { origins: ['https://app.example'], methods: ['GET', 'PUT'], headers: ['authorization'], exposed: ['etag'], maxAgeSeconds: 60 },
  throttling: {},
  routeThrottling: { 'GET /busy': { ThrottlingBurstLimit: 1, ThrottlingRateLimit: 0.001 } },
  routes: [
    route('GET /leads/mine'),
    route('GET /leads/{id}'),
    route('POST /webhooks/{sourceId}'),
    route('GET /consents/{token}/withdraw'),
    route('GET /busy'),
    route('GET /private', { authorizer: { audience: ['client'] } }),
    route('GET /scoped', { authorizer: { audience: ['client'] }, scopes: ['leads/read'] }),
    route('GET /files/{path+}'),
  ],
};

describe('the HTTP API', () => {
  const folder = mkdtempSync(join(tmpdir(), 'front-'));
  const heard: unknown[] = [];
  let outcome = { payload: '', failed: false };
  let wait = Promise.resolve();
  let issuer: LocalIssuer;
  let server: Server;
  let url = '';

  const time = manualTime();

  const invoke = (_: string, payload: string) => {
    heard.push(JSON.parse(payload));
    return { outcome: wait.then(() => outcome), usedMillis: async () => 0 };
  };

  beforeAll(async () => {
    issuer = await createLocalIssuer('http://issuer', ['client', 'other']);
    const front = createHttpApiServer({ api, invoke, issuer, accessLog: join(folder, 'access.log'), time });
    server = createServer(front.handle);
    url = await listen(server, 0);
  });
  afterAll(async () => {
    await close(server);
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => {
    heard.length = 0;
    wait = Promise.resolve();
    outcome = { payload: JSON.stringify({ statusCode: 200, body: 'fine' }), failed: false };
  });

  const bearer = async (claims: object = {}) => ({
    authorization: `Bearer ${await issuer.tokenFor({ subject: 'me', claims: { ...claims } })}`,
  });
  const answerOf = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${url}${path}`, init);
    return [response.status, await response.text()];
  };

  test('hands a request over in payload format 2.0', async () => {
    await fetch(`${url}/leads/a%2Fb?tag=x&tag=y&empty=`, { headers: { 'X-Custom': 'Value', cookie: 'a=1; b=2' } });
    expect(heard[0]).toMatchObject({
      version: '2.0',
      routeKey: 'GET /leads/{id}',
      rawPath: '/leads/a%2Fb',
      rawQueryString: 'tag=x&tag=y&empty=',
      queryStringParameters: { tag: 'x,y', empty: '' },
      cookies: ['a=1', 'b=2'],
      headers: { 'x-custom': 'Value' },
      pathParameters: { id: 'a/b' },
      requestContext: { http: { method: 'GET', path: '/leads/a%2Fb', sourceIp: '127.0.0.1' }, stage: '$default' },
      isBase64Encoded: false,
    });
  });

  test.each([
    ['application/json', '{"a":"ü"}', false],
    ['text/csv; charset=utf-8', 'a;b', false],
    ['application/problem+json', '{}', false],
    ['application/x-www-form-urlencoded', 'a=1', true],
    ['multipart/form-data; boundary=x', '--x', true],
    ['application/octet-stream', 'x', true],
  ])('hands a body of %s over with every byte', async (type, body, isBase64Encoded) => {
    await fetch(`${url}/webhooks/form`, { method: 'POST', headers: { 'content-type': type }, body });
    const event = eventSchema.parse(heard[0]);
    expect(event.isBase64Encoded).toBe(isBase64Encoded);
    expect(Buffer.from(event.body ?? '', isBase64Encoded ? 'base64' : 'utf8').toString('utf8')).toBe(body);
  });

  test('A20: hands a text over with every byte even if it is not UTF-8, so that its signature can be checked', async () => {
    const body = Buffer.from('{"name":"Müller"}', 'latin1');
    await fetch(`${url}/webhooks/form`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const event = eventSchema.parse(heard[0]);
    expect(event.isBase64Encoded).toBe(true);
    expect(Buffer.from(event.body ?? '', 'base64').equals(body)).toBe(true);
  });

  test('prefers the most exact route, and lets a greedy one take the rest', async () => {
    await fetch(`${url}/leads/mine`);
    await fetch(`${url}/files/a/b/c.txt`);
    expect(heard).toMatchObject([{ routeKey: 'GET /leads/mine' }, { pathParameters: { path: 'a/b/c.txt' } }]);
  });

  test('answers with what the function gave: status, headers, cookies, bytes', async () => {
    outcome.payload = JSON.stringify({
      statusCode: 201,
      headers: { ETag: '"1"' },
      cookies: ['a=1', 'b=2'],
      body: 'AP8=',
      isBase64Encoded: true,
    });
    const response = await fetch(`${url}/leads/mine`);
    expect([response.status, response.headers.get('etag'), response.headers.getSetCookie()]).toEqual([201, '"1"', ['a=1', 'b=2']]);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from([0, 255]));
  });

  test('answers by itself if the function fails, answers malformed, or is late', async () => {
    outcome = { payload: '{"errorMessage":"secret"}', failed: true };
    expect(await answerOf('/leads/mine')).toEqual([500, '{"message":"Internal Server Error"}']);
    outcome = { payload: '{"statusCode":"no number"}', failed: false };
    expect(await answerOf('/leads/mine')).toEqual([500, '{"message":"Internal Server Error"}']);
    const { promise, resolve } = Promise.withResolvers<void>();
    wait = promise;
    const late = answerOf('/leads/mine');
    await vi.waitUntil(() => heard.length === 3);
    await time.pass(200 * 20);
    expect(await late).toEqual([503, '{"message":"Service Unavailable"}']);
    expect(readFileSync(join(folder, 'access.log'), 'utf8')).toContain('no answer within 4.00 seconds by the clock (20 times its limit');
    resolve();
  });

  test('refuses an unknown route, a request above the rate limit, and a body above 10 MB', async () => {
    expect(await answerOf('/leads')).toEqual([404, '{"message":"Not Found"}']);
    expect(await answerOf('/leads/mine', { method: 'PUT' })).toEqual([404, '{"message":"Not Found"}']);
    expect(await answerOf('/busy')).toEqual([200, 'fine']);
    expect(await answerOf('/busy')).toEqual([429, '{"message":"Too Many Requests"}']);
    const large = await fetch(`${url}/webhooks/form`, { method: 'POST', body: 'x'.repeat(10 * 1024 * 1024 + 1) });
    expect(large.status).toBe(413);
  });

  test('admits only a token of its issuer for its audience, and hands its claims over as text', async () => {
    expect(await answerOf('/private')).toEqual([401, '{"message":"Unauthorized"}']);
    expect((await answerOf('/private', { headers: { authorization: 'Bearer no.to.ken' } }))[0]).toBe(401);
    const stranger = await createLocalIssuer('http://issuer', ['client']);
    expect((await answerOf('/private', { headers: { authorization: `Bearer ${await stranger.tokenFor({ subject: 'me' })}` } }))[0]).toBe(
      401,
    );
    expect(await issuer.verify(await issuer.tokenFor({ subject: 'me' }), ['nobody'])).toBeUndefined();
    expect(await answerOf('/private', { headers: await bearer({ 'cognito:groups': ['rep', 'manager'], level: 3 }) })).toEqual([
      200,
      'fine',
    ]);
    expect(heard).toMatchObject([
      {
        requestContext: {
          authorizer: { jwt: { claims: { sub: 'me', 'cognito:groups': '[rep manager]', level: '3', aud: '[client other]' } } },
        },
      },
    ]);
  });

  test('asks for the scope of a route', async () => {
    expect(await answerOf('/scoped', { headers: await bearer({ scope: 'other' }) })).toEqual([403, '{"message":"Forbidden"}']);
    expect((await answerOf('/scoped', { headers: await bearer({ scope: 'other leads/read' }) }))[0]).toBe(200);
  });

  test('allows pages of the configured origins, and no others', async () => {
    const ask = (origin: string) =>
      fetch(`${url}/leads/mine`, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'GET' } });
    const allowed = await ask('https://app.example');
    expect([
      allowed.status,
      allowed.headers.get('access-control-allow-origin'),
      allowed.headers.get('access-control-allow-methods'),
    ]).toEqual([204, 'https://app.example', 'GET,PUT']);
    expect((await ask('https://elsewhere')).headers.get('access-control-allow-origin')).toBeNull();
    const simple = await fetch(`${url}/leads/mine`, { headers: { origin: 'https://app.example' } });
    expect(simple.headers.get('access-control-expose-headers')).toBe('etag');
  });

  test.each([
    ['a character that no header may have', { location: 'https://company.example/dziękujemy' }],
    ['a line break', { etag: '"1"\r\nset-cookie: a=1' }],
    ['a name that is no header name', { 'a b': 'c' }],
  ])('answers 500 to headers with %s, logs it, and goes on', async (_what, headers) => {
    outcome.payload = JSON.stringify({ statusCode: 303, headers });
    const response = await fetch(`${url}/leads/mine`, { redirect: 'manual' });
    expect([response.status, await response.json(), response.headers.getSetCookie()]).toEqual([
      500,
      { message: 'Internal Server Error' },
      [],
    ]);
    expect(readFileSync(join(folder, 'access.log'), 'utf8').trim().split('\n').at(-1)).toContain('headers cannot be sent');
    outcome.payload = JSON.stringify({ statusCode: 200, body: 'fine' });
    expect(await answerOf('/leads/mine')).toEqual([200, 'fine']);
  });

  test('keeps the token of a consent out of its log', async () => {
    await fetch(`${url}/consents/c2VjcmV0LXRva2Vu/withdraw`);
    const log = readFileSync(join(folder, 'access.log'), 'utf8');
    expect(log).toContain('"path":"/consents/{token}/withdraw","status":200');
    expect(log).not.toContain('c2VjcmV0LXRva2Vu');
  });

  test('writes what it answered into its log, without queries', async () => {
    await fetch(`${url}/leads/mine?email=a@b.example`);
    const log = readFileSync(join(folder, 'access.log'), 'utf8');
    expect(log).toContain('"path":"/leads/mine","status":200');
    expect(log).not.toContain('a@b.example');
  });
});
