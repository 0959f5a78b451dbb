import { defineApi, roles } from '@meilenstein/contracts';
import { refused, toInstant } from '@meilenstein/kernel';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { expectedVersion } from './expected-version.ts';
import { depthOf, http } from './http-handler.ts';
import { deriveId } from '../identity.ts';
import { memoryTable } from '../testing/memory-table.ts';

const api = defineApi({
  service: 'quota',
  routes: {
    'GET /jars/{jarId}': {
      summary: 'One jar.',
      roles: ['rep', 'admin'],
      path: z.object({ jarId: z.string() }),
      query: z.object({ depth: z.coerce.number().int().max(3).optional() }),
      answers: { 200: z.object({ jarId: z.string() }) },
      refusals: { 'jar-is-unknown': 404 },
    },
    'POST /jars': {
      summary: 'A new jar.',
      roles: ['admin'],
      body: z.strictObject({ size: z.int() }),
      answers: { 201: z.object({ jarId: z.string() }) },
      refusals: {},
      keepsBody: true,
    },
    'POST /jars/{jarId}/fill': {
      summary: 'A jar that is full.',
      roles: ['admin'],
      path: z.object({ jarId: z.string() }),
      query: z.object({ depth: z.coerce.number().int().max(3).optional() }),
      answers: { 200: z.object({ jarId: z.string(), fillingId: z.string() }) },
      refusals: {},
      keepsBody: true,
    },
    'POST /jars/{jarId}/label': {
      summary: 'A jar with words on it.',
      roles: ['admin'],
      path: z.object({ jarId: z.string() }),
      body: z.strictObject({ words: z.string() }),
      answers: { 200: z.object({ words: z.string() }) },
      refusals: {},
      inLanguages: true,
    },
    'POST /keys': {
      summary: 'A key to a jar, shown once.',
      roles: ['admin'],
      body: z.strictObject({ size: z.int() }),
      answers: { 201: z.object({ secret: z.string() }) },
      refusals: {},
      answersOnce: 'ask for another key',
    },
    'POST /webhooks/{jarId}': {
      summary: 'What somebody outside says of a jar.',
      roles: 'signature',
      path: z.object({ jarId: z.string() }),
      answers: { 202: z.object({ jarId: z.string() }) },
      refusals: {},
    },
    'PUT /jars/{jarId}': {
      summary: 'Another size.',
      roles: ['admin'],
      path: z.object({ jarId: z.string() }),
      body: z.strictObject({ size: z.int() }),
      answers: { 200: z.object({ jarId: z.string() }) },
      refusals: {},
      ifMatch: 'required',
    },
  },
});

const clock = { now: () => toInstant('2026-01-01T00:00:00Z') };
let made = 0;
let keysAsked = 0;
const table = memoryTable(clock);
const handle = http(
  api,
  {
    'GET /jars/{jarId}': async ({ path, query }) => {
      if (path.jarId === 'broken') throw new Error('secret of somebody@example.com');
      if (path.jarId === 'none') return refused('jar-is-unknown', 'there is no such jar', { field: 'jarId', value: path.jarId });
      if (path.jarId === 'aging') return { status: 200, body: { jarId: `${path.jarId} ${query.depth ?? 0}` }, version: 7 };
      if (path.jarId === 'plain') return { status: 200, body: { jarId: `plain ${query.depth ?? 0}` } };
      if (path.jarId === 'timed') return { status: 200, body: { jarId: `timed at ${query.depth ?? 0}` }, weakEtag: 'same' };
      return { status: 200, body: { jarId: path.jarId, secret: 'must not leave' }, etag: '4' };
    },
    'POST /jars': async ({ newId }) => ({ status: 201, body: { jarId: newId() }, etag: 'new' }),
    'POST /jars/{jarId}/fill': async ({ path, newId }) => ({ status: 200, body: { jarId: path.jarId, fillingId: newId() } }),
    'POST /jars/{jarId}/label': async ({ path, body, language }) => ({
      status: 200,
      body: language === 'de' ? { words: `de: ${body.words}` } : body,
      etag: '9',
      location: `/jars/${path.jarId}`,
    }),
    'POST /keys': async () => {
      keysAsked += 1;
      if (keysAsked === 1) throw new Error('the lock is stuck');
      return { status: 201, body: { secret: `secret ${keysAsked}` }, location: '/keys/k' };
    },
    'POST /webhooks/{jarId}': async ({ path }) => ({ status: 202, body: { jarId: path.jarId } }),
    'PUT /jars/{jarId}': async ({ ifMatch }) => ({ status: 200, body: { jarId: ifMatch ?? 'none' } }),
  },
  {
    table,
    clock,
    ids: { next: () => deriveId('id', String((made += 1))) },
    claimNames: { roles: 'groups', sources: 'sources' },
    delay: async () => {},
    random: () => 0.5,
  },
);

type Call = {
  readonly role?: string;
  readonly path?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly body?: string;
  readonly headers?: Record<string, string>;
  readonly requestId?: string;
};

const call = async (
  routeKey: string,
  { role = 'admin', path = {}, query = {}, body, headers = {}, requestId = '' }: Call = {},
): Promise<APIGatewayProxyStructuredResultV2 & { json: unknown }> => {
  const authorizer = {
    authorizer: { jwt: { claims: { sub: 'u1', groups: `[${role}]` }, scopes: [] }, principalId: '', integrationLatency: 0 },
  };
  const http = { method: routeKey.split(' ')[0] ?? '', path: '', protocol: '', sourceIp: '', userAgent: '' };
  const requestContext = {
    accountId: '',
    apiId: '',
    domainName: '',
    domainPrefix: '',
    http,
    requestId,
    routeKey,
    stage: '',
    time: '',
    timeEpoch: 0,
    ...authorizer,
  };
  const event: APIGatewayProxyEventV2 = {
    version: '2.0',
    routeKey,
    rawPath: '',
    rawQueryString: '',
    headers,
    requestContext,
    isBase64Encoded: false,
    pathParameters: path,
    queryStringParameters: query,
    ...(body === undefined ? {} : { body }),
  };
  const answer = await handle(event);
  return { ...answer, json: answer.body ? JSON.parse(answer.body) : undefined };
};

describe('the HTTP handler', () => {
  it('sends only declared fields', async () => {
    const answer = await call('GET /jars/{jarId}', { path: { jarId: 'j1' } });
    expect(answer).toMatchObject({ statusCode: 200, json: { jarId: 'j1' }, headers: { etag: '"4"' } });
    expect(answer.body).not.toContain('secret');
  });

  it('answers with the id of the request, by which the log and the audit know it', async () => {
    const answer = await call('GET /jars/{jarId}', { path: { jarId: 'j1' }, requestId: 'request-7' });
    expect(answer.headers).toMatchObject({ 'x-request-id': 'request-7' });
  });

  it('gives handlers the language that the caller prefers, and names it in answers whose texts depend on it', async () => {
    const label = (headers: Record<string, string>) =>
      call('POST /jars/{jarId}/label', { path: { jarId: 'a' }, body: '{"words":"Plums"}', headers });
    expect(await label({ 'Accept-Language': 'de-AT,en;q=0.5' })).toMatchObject({
      headers: { 'content-language': 'de' },
      json: { words: 'de: Plums' },
    });
    expect(await label({})).toMatchObject({ headers: { 'content-language': 'en' }, json: { words: 'Plums' } });
    expect((await call('GET /jars/{jarId}', { path: { jarId: 'j1' } })).headers).not.toHaveProperty('content-language');
  });

  it('answers 304 to a caller who has that version already', async () => {
    expect(await call('GET /jars/{jarId}', { path: { jarId: 'j1' }, headers: { 'If-None-Match': '"4"' } })).toMatchObject({
      statusCode: 304,
    });
  });

  it('adds a hash to the ETag of a body that depends on more than its version, and a command compares only the version', async () => {
    const look = (depth: string, tag?: string) =>
      call('GET /jars/{jarId}', { path: { jarId: 'aging' }, query: { depth }, headers: tag === undefined ? {} : { 'if-none-match': tag } });
    const tag = String((await look('1')).headers?.['etag']);
    expect(tag).toMatch(/^"7\.[0-9a-z]{26}"$/);
    expect(await look('1', tag)).toMatchObject({ statusCode: 304, headers: { etag: tag, 'cache-control': 'no-store' } });
    expect(await look('2', tag)).toMatchObject({ statusCode: 200, json: { jarId: 'aging 2' } });
    expect(await look('1', '"7"')).toMatchObject({ statusCode: 200 });
    for (const sent of [tag, `W/${tag}`]) {
      const { json } = await call('PUT /jars/{jarId}', { path: { jarId: 'j' }, body: '{"size":1}', headers: { 'if-match': sent } });
      expect(expectedVersion(z.object({ jarId: z.string() }).parse(json).jarId)).toEqual({ expectedVersion: 7 });
    }
    expect(expectedVersion('7.not a tag of ours')).toEqual({ expectedVersion: -1 });
  });

  it('tags every JSON that is read by its bytes, and no command accepts that tag as a version', async () => {
    const look = (depth: string, tag?: string) =>
      call('GET /jars/{jarId}', { path: { jarId: 'plain' }, query: { depth }, headers: tag === undefined ? {} : { 'if-none-match': tag } });
    const tag = String((await look('1')).headers?.['etag']);
    expect(tag).toMatch(/^"[0-9a-z]{26}"$/);
    expect(await look('1', tag)).toMatchObject({ statusCode: 304, headers: { etag: tag } });
    expect(await look('2', tag)).toMatchObject({ statusCode: 200, json: { jarId: 'plain 2' } });
    expect(expectedVersion(tag.slice(1, -1))).toEqual({ expectedVersion: -1 });
    expect((await call('POST /jars/{jarId}/fill', { path: { jarId: 'j' } })).headers).not.toHaveProperty('etag');
    expect((await call('GET /jars/{jarId}', { path: { jarId: 'none' } })).headers).not.toHaveProperty('etag');
  });

  it('gives the same weak ETag to bodies that differ only in irrelevant fields, and finds it in a list of ETags', async () => {
    const look = (depth: string, tags?: string) =>
      call('GET /jars/{jarId}', {
        path: { jarId: 'timed' },
        query: { depth },
        headers: tags === undefined ? {} : { 'if-none-match': tags },
      });
    expect(await look('1')).toMatchObject({ headers: { etag: 'W/"same"' } });
    for (const tags of ['W/"same"', '"same"', '"other", W/"same"', '*']) expect(await look('2', tags)).toMatchObject({ statusCode: 304 });
    expect(await look('2', '"other", "others"')).toMatchObject({ statusCode: 200 });
  });

  it('answers a command with a body even if the request has a matching If-None-Match', async () => {
    expect(await call('POST /jars', { body: '{"size":1}', headers: { 'if-none-match': '"new"' } })).toMatchObject({ statusCode: 201 });
  });

  it.each(roles)('lets %s in only where the contract names the role', async (role) => {
    expect((await call('GET /jars/{jarId}', { role, path: { jarId: 'j1' } })).statusCode).toBe(['rep', 'admin'].includes(role) ? 200 : 403);
  });

  it('denies a token without a known role', async () => {
    expect((await call('GET /jars/{jarId}', { role: 'king', path: { jarId: 'j1' } })).statusCode).toBe(403);
  });

  it('names each field and rule of a request that does not match the contract', async () => {
    expect(await call('POST /jars', { body: '{"size":"big","colour":1}' })).toMatchObject({
      statusCode: 400,
      json: { type: 'urn:meilenstein:problem:request-invalid', issues: [{ path: 'body.size' }, { path: 'body' }] },
    });
  });

  it('names a query parameter that the route does not know, and those that it knows', async () => {
    const path = { jarId: 'j1' };
    expect(await call('GET /jars/{jarId}', { path, query: { deep: '1', depth: '9' } })).toMatchObject({
      statusCode: 400,
      json: {
        issues: [{ path: 'query.deep', rule: 'is not a parameter of this route; known parameters: depth' }, { path: 'query.depth' }],
      },
    });
    expect(await call('POST /jars', { body: '{"size":1}', query: { size: '1' } })).toMatchObject({
      statusCode: 400,
      json: { issues: [{ path: 'query.size', rule: 'is not a parameter of this route; known parameters: none' }] },
    });
  });

  it('lets those who come without a token add parameters of their own, as campaigns do', async () => {
    const query = { utm_source: 'fair' };
    expect((await call('POST /webhooks/{jarId}', { role: '', path: { jarId: 'j1' }, query })).statusCode).toBe(202);
  });

  it.each([
    ['broken JSON', '{"size":', 'body-not-json'],
    ['10,000 levels', '['.repeat(10_000), 'body-too-deep'],
    ['K1: half a surrogate pair', '{"size":"\\ud800"}', 'text-not-utf-8'],
  ])('answers 400 to %s', async (_, body, code) => {
    expect(await call('POST /jars', { body })).toMatchObject({ statusCode: 400, json: { type: `urn:meilenstein:problem:${code}` } });
  });

  it.each(['{"size":{"__proto__":1}}', '{"__proto__":{"size":1}}', '{"\\u005f_proto__":1,"size":1}'])(
    'A15: answers 400 to %s, which would set a prototype',
    async (body) => {
      expect(await call('POST /jars', { body })).toMatchObject({
        statusCode: 400,
        json: { type: 'urn:meilenstein:problem:request-invalid', issues: [{ rule: 'no name in it may be __proto__' }] },
      });
    },
  );

  it('answers 413 to 300 KB', async () => {
    expect((await call('POST /jars', { body: JSON.stringify({ size: 'x'.repeat(300_000) }) })).statusCode).toBe(413);
  });

  it('gives a refusal the status of its contract, with field and value', async () => {
    expect(await call('GET /jars/{jarId}', { path: { jarId: 'none' } })).toMatchObject({
      statusCode: 404,
      headers: { 'content-type': 'application/problem+json' },
      json: { type: 'urn:meilenstein:problem:jar-is-unknown', field: 'jarId', value: 'none' },
    });
  });

  it('does not reveal what failed inside', async () => {
    const answer = await call('GET /jars/{jarId}', { path: { jarId: 'broken' } });
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('somebody');
  });

  it('requires the version that was read', async () => {
    expect((await call('PUT /jars/{jarId}', { path: { jarId: 'j' }, body: '{"size":1}' })).statusCode).toBe(428);
    expect(await call('PUT /jars/{jarId}', { path: { jarId: 'j' }, body: '{"size":1}', headers: { 'if-match': '"7"' } })).toMatchObject({
      json: { jarId: '7' },
    });
    expect(await call('PUT /jars/{jarId}', { path: { jarId: 'j' }, body: '{"size":1}', headers: { 'if-none-match': '*' } })).toMatchObject({
      json: { jarId: '0' },
    });
  });

  it('stores no body with an Idempotency-Key, only the location and version of the result', async () => {
    const headers = { 'idempotency-key': 'k4' };
    const label = () => call('POST /jars/{jarId}/label', { path: { jarId: 'a' }, body: '{"words":"Ann Muster, 0170 1234567"}', headers });
    expect(await label()).toMatchObject({ statusCode: 200, json: { words: 'Ann Muster, 0170 1234567' } });
    const again = await label();
    expect([again.statusCode, again.body]).toEqual([200, '']);
    expect(again.headers).toMatchObject({ etag: '"9"', location: '/jars/a', 'idempotency-replayed': 'true' });
    expect(JSON.stringify(table.dump())).not.toContain('Muster');
  });

  it('repeats the first answer for a repeated Idempotency-Key, and answers 409 if the body differs', async () => {
    const headers = { 'idempotency-key': 'k1' };
    const first = await call('POST /jars', { body: '{"size":1}', headers });
    expect((await call('POST /jars', { body: '{"size":1}', headers })).body).toBe(first.body);
    expect((await call('POST /jars', { body: '{"size":2}', headers })).statusCode).toBe(409);
    expect((await call('POST /jars', { body: '{"size":1}' })).body).not.toBe(first.body);
  });

  it('gives a secret once: a failed request may be sent again, an answered one gets 409 that says what was made and what to do', async () => {
    const ask = () => call('POST /keys', { body: '{"size":1}', headers: { 'idempotency-key': 'k3' } });
    expect((await ask()).statusCode).toBe(500);
    expect(await ask()).toMatchObject({ statusCode: 201, json: { secret: 'secret 2' } });
    expect(await ask()).toMatchObject({
      statusCode: 409,
      json: {
        type: 'urn:meilenstein:problem:answer-given-once',
        detail: expect.stringMatching(/made \/keys\/k;.*; ask for another key/),
      },
    });
    expect(keysAsked).toBe(2);
  });

  it('binds an Idempotency-Key to the request: another jar has its own answer and its own ids, another query gets 409', async () => {
    const headers = { 'idempotency-key': 'k2' };
    const fill = (jarId: string, query: Record<string, string> = {}) =>
      call('POST /jars/{jarId}/fill', { path: { jarId }, query, headers });
    const filled = z.object({ jarId: z.string(), fillingId: z.string() });
    const [first, other] = [filled.parse((await fill('a')).json), filled.parse((await fill('b')).json)];
    expect([first.jarId, other.jarId]).toEqual(['a', 'b']);
    expect(other.fillingId).not.toBe(first.fillingId);
    expect((await fill('a')).json).toEqual(first);
    expect(await fill('a', { depth: '1' })).toMatchObject({
      statusCode: 409,
      json: { type: 'urn:meilenstein:problem:idempotency-key-reused' },
    });
  });
});

it('knows how deep a text nests without parsing it', () => {
  expect([depthOf('1'), depthOf('{"a":[1]}'), depthOf('"[[["'), depthOf('["\\"[["]')]).toEqual([0, 2, 0, 1]);
});
