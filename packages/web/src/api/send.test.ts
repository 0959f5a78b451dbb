import { afterEach, expect, it, vi } from 'vitest';
import { sender } from './send.ts';

afterEach(() => vi.unstubAllGlobals());

const send = sender({ token: async () => 'token', language: () => 'de', signedOut: () => undefined });

it('a repetition of what was done already gets the thing that it made, and is not told to be empty', async () => {
  const asked: (readonly [string, string, string | null])[] = [];
  vi.stubGlobal('fetch', async (address: string, init: RequestInit) => {
    asked.push([init.method ?? 'GET', address, new Headers(init.headers).get('idempotency-key')]);
    return init.method === 'POST'
      ? new Response('', { status: 201, headers: { location: '/accounts/acme', 'idempotency-replayed': 'true' } })
      : new Response('{"accountId":"acme"}', { headers: { etag: '"1"' } });
  });
  const { body, etag } = await send('POST /accounts', { body: { name: 'Acme' } }, { idempotencyKey: 'k' });
  expect([body.accountId, etag]).toEqual(['acme', '"1"']);
  expect(asked).toEqual([
    ['POST', '/accounts', 'k'],
    ['GET', '/accounts/acme', null],
  ]);
});
