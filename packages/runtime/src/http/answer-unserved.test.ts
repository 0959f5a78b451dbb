import { defineApi, problem } from '@meilenstein/contracts';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { answerUnserved } from './answer-unserved.ts';

const route = { summary: 'Something.', roles: ['rep'], answers: { 200: z.object({}) }, refusals: {} } as const;
const jars = defineApi({
  service: 'quota',
  routes: { 'GET /jars': route, 'POST /jars': route, 'GET /jars/{jarId}': route, 'PUT /jars/{jarId}': route },
});
const lids = defineApi({ service: 'leads', routes: { 'DELETE /jars/full': route } });
const answer = answerUnserved([jars, lids]);

const ask = async (method: string, rawPath: string, headers: Record<string, string> = {}) => {
  const http = { method, path: rawPath, protocol: '', sourceIp: '', userAgent: '' };
  const names = { accountId: '', apiId: '', domainName: '', domainPrefix: '', stage: '', time: '', timeEpoch: 0 };
  const requestContext = { ...names, http, requestId: 'request-7', routeKey: '$default' };
  const event: APIGatewayProxyEventV2 = {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString: '',
    headers,
    requestContext,
    isBase64Encoded: false,
  };
  const { statusCode, headers: own = {}, body } = await answer(event);
  return { status: statusCode, headers: own, json: body === undefined ? undefined : problem.parse(JSON.parse(body)) };
};

describe('S14 a request that no route serves', () => {
  it.each(['/nowhere', '/', '', '/jars/', '/jars/j1/lid', '//', '/JARS'])(
    'gets 404 as a problem document for the path "%s"',
    async (path) => {
      expect(await ask('GET', path)).toMatchObject({
        status: 404,
        headers: { 'content-type': 'application/problem+json', 'x-request-id': 'request-7' },
        json: { type: 'urn:meilenstein:problem:route-not-found', status: 404 },
      });
    },
  );

  it('gets 405 with every method of the path in Allow, whichever service has it', async () => {
    expect(await ask('PATCH', '/jars')).toMatchObject({
      status: 405,
      headers: { allow: 'GET, POST, OPTIONS', 'content-type': 'application/problem+json' },
      json: {
        type: 'urn:meilenstein:problem:method-not-allowed',
        title: 'Method not allowed',
        field: 'method',
        value: 'PATCH',
        detail: 'this path is served with GET, POST',
      },
    });
    expect((await ask('POST', '/jars/full')).headers).toMatchObject({ allow: 'DELETE, GET, PUT, OPTIONS' });
    expect((await ask('POST', '/jars/j1')).headers).toMatchObject({ allow: 'GET, PUT, OPTIONS' });
  });

  it('gets German sentences where they are asked for', async () => {
    const german = { 'Accept-Language': 'de-DE,en;q=0.5' };
    expect(await ask('GET', '/nowhere', german)).toMatchObject({
      headers: { 'content-language': 'de' },
      json: { title: 'Nicht gefunden', detail: 'Diese Adresse gibt es nicht.' },
    });
    expect(await ask('DELETE', '/jars', german)).toMatchObject({
      headers: { 'content-language': 'de', allow: 'GET, POST, OPTIONS' },
      json: { title: 'Methode nicht erlaubt', detail: 'Diese Adresse nimmt andere Methoden an; sie stehen im Kopf Allow.' },
    });
  });

  it('is told the methods of a path that OPTIONS asks for, which is also what a preflight needs', async () => {
    expect(await ask('OPTIONS', '/jars')).toMatchObject({ status: 204, headers: { allow: 'GET, POST, OPTIONS' }, json: undefined });
    expect(await ask('OPTIONS', '/nowhere')).toMatchObject({ status: 404 });
  });

  it('repeats no path, which may hold the link of a mail', async () => {
    expect(JSON.stringify(await ask('PUT', '/jars/c2VjcmV0'))).not.toContain('c2VjcmV0');
    expect(JSON.stringify(await ask('PUT', '/jars/c2VjcmV0/lid'))).not.toContain('c2VjcmV0');
  });
});
