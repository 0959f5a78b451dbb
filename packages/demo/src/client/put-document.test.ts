import { describe, expect, it } from 'vitest';
import { putDocument } from './put-document.ts';
import type { Answer, ApiClient } from './api-client.ts';

type Document = { readonly version: number; readonly body: object };

const answer = (status: number, about: Partial<Answer> = {}): Answer => ({
  status,
  etag: undefined,
  body: undefined,
  text: '',
  headers: new Headers(),
  ...about,
});

/** A document behind an API; `before` may change it each time it is asked. */
const server = (start: Document | undefined, before: (document: Document | undefined) => Document | undefined = (same) => same) => {
  let document = start;
  const ask: ApiClient['ask'] = async (method, _, call = {}) => {
    document = before(document);
    if (method === 'GET') return document === undefined ? answer(404) : answer(200, { etag: `"${document.version}"`, body: document.body });
    const fits = call.create === true ? document === undefined : call.ifMatch === `"${document?.version}"`;
    if (!fits) return answer(412);
    document = { version: (document?.version ?? 0) + 1, body: Object(call.body) };
    return answer(200);
  };
  return { ask, document: () => document };
};

const world = () => {
  let millis = 0;
  const clock = { now: () => millis, pause: async (asked: number) => void (millis += asked) };
  return { clock, movement: () => ({ moved: 0, left: 0, isRunning: false }) };
};

const sent = { targets: [{ node: 'company' }, { node: 'team' }] };

describe('a document that is put', () => {
  it('is created if it does not exist', async () => {
    const there = server(undefined);
    await putDocument(world(), there, '/plans/1', sent);
    expect(there.document()).toEqual({ version: 1, body: sent });
  });

  it('is left alone if it was stored as sent and only the response was lost', async () => {
    const there = server({ version: 4, body: { ...sent, version: 4 } });
    await putDocument(world(), there, '/plans/1', sent);
    expect(there.document()).toEqual({ version: 4, body: { ...sent, version: 4 } });
  });

  it('is completed if an interrupted start left only a part of it', async () => {
    const there = server({ version: 1, body: { targets: sent.targets.slice(0, 1) } });
    await putDocument(world(), there, '/plans/1', sent);
    expect(there.document()).toEqual({ version: 2, body: sent });
  });

  it('is put again if a late first try continues beside the second', async () => {
    let asked = 0;
    const there = server({ version: 1, body: {} }, (document) => ((asked += 1) < 6 ? { version: asked, body: {} } : document));
    await putDocument(world(), there, '/plans/1', sent);
    expect(there.document()?.body).toEqual(sent);
  });

  it('is given up after a minute if others keep changing it', async () => {
    let version = 1;
    const there = server(undefined, () => ({ version: (version += 1), body: {} }));
    await expect(putDocument(world(), there, '/plans/1', sent)).rejects.toThrow(
      'nothing has moved for 60 s: PUT /plans/1: another document stays there: targets is undefined, not a list',
    );
  });

  it('says why it is refused', async () => {
    const refusing: Pick<ApiClient, 'ask'> = { ask: async () => answer(422, { text: 'team-not-found' }) };
    await expect(putDocument(world(), refusing, '/plans/1', sent)).rejects.toThrow('PUT /plans/1: 422 team-not-found');
  });
});
