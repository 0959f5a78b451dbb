import { auditedCommit, auditRoute, defineApi, defineEvent, factReader, pageOf, type Actor, type FactOf } from '@meilenstein/contracts';
import { decided } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { aggregateStore } from '../aggregate/aggregate.ts';
import { traced } from '../function/trace.ts';
import { http } from '../http/http-handler.ts';
import { callOf, inMemory, type Call } from '../testing/in-memory.ts';
import { auditHandler } from './audit-handler.ts';

const priced = defineEvent({
  name: 'Priced',
  owner: 'quota',
  version: 1,
  meaning: 'A price was set.',
  data: z.object({ price: z.int(), sizes: z.array(z.int()).optional() }),
  confidential: z.object({ reason: z.string() }),
});
type Priced = FactOf<typeof priced>;
const state = z.object({ price: z.int(), sizes: z.array(z.int()), reason: z.string().nullable() });

const api = defineApi({ service: 'quota', routes: { 'GET /audit/quota': auditRoute('quota') } });
const page = pageOf(auditedCommit);

const admin = (subject: string): Actor => ({ kind: 'caller', subject, roles: ['admin'] });
const night: Actor = { kind: 'schedule', name: 'nightly' };

const shop = () => {
  const machinery = inMemory('2026-03-14T09:00:00.000Z');
  const store = aggregateStore<z.infer<typeof state>, Priced>(
    {
      prefix: 'ARTICLE',
      owner: 'quota',
      schemaNumber: 1,
      schema: state,
      initial: { price: 0, sizes: [], reason: null },
      fact: factReader([priced]),
      evolve: (_, { data, confidential }) => ({ price: data.price, sizes: data.sizes ?? [], reason: confidential?.reason ?? null }),
    },
    machinery,
  );
  const service = {
    aggregates: { article: store.audited },
    sentences: { Priced: { en: 'A price was changed.', de: 'Ein Preis wurde geändert.' } },
  };
  const call = callOf(http(api, { 'GET /audit/quota': auditHandler(machinery, 'quota', service) }, machinery));
  const setPrice = async (id: string, price: number, by?: Actor, sizes: number[] = []) => {
    const correlationId = `request-${price}`;
    const fact = priced.of({ price, sizes }, { confidential: { reason: 'Ada Lovelace asked for it' } });
    const work = () => store.change(id, () => decided<Priced>(fact));
    await (by === undefined ? work() : traced({ correlationId, causedBy: null, actor: by }, work));
  };
  const ask = (query: Record<string, string>, about: Call = {}) => call('GET /audit/quota', { query, ...about });
  const items = async (query: Record<string, string>, about: Call = {}) => page.parse((await ask(query, about)).json).items;
  return { ...machinery, setPrice, ask, items };
};

const pricesIn = (found: z.infer<typeof page>['items']) => found.map(({ events }) => events[0]?.changes[0]?.to);

describe('the audit of a service', () => {
  it('says when, who, by which request, on which aggregate, what happened, and each value before and after', async () => {
    const { setPrice, items } = shop();
    await setPrice('saw', 100, admin('ann'));
    await setPrice('saw', 80, admin('bob'));
    expect(await items({ subject: 'bob' })).toEqual([
      {
        storedAt: '2026-03-14T09:00:00.000Z',
        actor: { kind: 'caller', subject: 'bob', roles: ['admin'] },
        requestId: 'request-80',
        causedBy: null,
        origin: 'live',
        aggregate: { kind: 'article', id: 'saw' },
        events: [
          {
            name: 'Priced',
            sequence: 2,
            occurredAt: '2026-03-14T09:00:00.000Z',
            sentence: 'A price was changed.',
            changes: [{ path: '/price', from: 100, to: 80 }],
            moreChanges: 0,
          },
        ],
      },
    ]);
  });

  it('never shows a confidential value', async () => {
    const { setPrice, ask } = shop();
    await setPrice('saw', 100, admin('ann'));
    for (const query of [{ subject: 'ann' }, { aggregate: 'article:saw' }, {}, { format: 'csv' }])
      expect(JSON.stringify(await ask(query))).not.toContain('Lovelace');
  });

  it('lists what callers did, the newest first, without schedules', async () => {
    const { setPrice, items, move } = shop();
    await setPrice('saw', 1, admin('ann'));
    move(1000);
    await setPrice('axe', 2, night);
    move(24 * 3600_000);
    await setPrice('axe', 3, admin('bob'));
    expect(pricesIn(await items({}))).toEqual([3, 1]);
  });

  it('lists for an aggregate what schedules did to it, too', async () => {
    const { setPrice, items } = shop();
    await setPrice('axe', 1, night);
    await setPrice('axe', 2, admin('bob'));
    await setPrice('saw', 3, admin('bob'));
    const found = await items({ aggregate: 'article:axe' });
    expect(found.map(({ actor }) => actor)).toEqual([admin('bob'), night]);
    expect(pricesIn(await items({ aggregate: 'article:axe', subject: 'bob' }))).toEqual([2]);
  });

  it('says of a commit without an actor that none was recorded', async () => {
    const { setPrice, items } = shop();
    await setPrice('axe', 1);
    expect((await items({ aggregate: 'article:axe' })).map(({ actor }) => actor)).toEqual([{ kind: 'not-recorded' }]);
  });

  it('includes the whole day if the end is a day, and excludes the end if it is an instant', async () => {
    const { setPrice, items, move } = shop();
    await setPrice('saw', 1, admin('ann'));
    move(24 * 3600_000);
    await setPrice('saw', 2, admin('ann'));
    for (const about of [{}, { subject: 'ann' }, { aggregate: 'article:saw' }]) {
      expect(pricesIn(await items({ ...about, from: '2026-03-14', until: '2026-03-14' }))).toEqual([1]);
      expect(pricesIn(await items({ ...about, from: '2026-03-14T09:00:00Z', until: '2026-03-15T09:00:00Z' }))).toEqual([1]);
      expect(pricesIn(await items({ ...about, from: '2026-03-15' }))).toEqual([2]);
    }
  });

  it.each([{}, { subject: 'ann' }, { aggregate: 'article:saw' }])('goes page by page through %j and misses nothing', async (about) => {
    const { setPrice, ask, move } = shop();
    for (let price = 1; price <= 7; price += 1) {
      await setPrice('saw', price, admin('ann'));
      move(9 * 3600_000);
    }
    const found: unknown[] = [];
    let cursor: string | undefined;
    for (let pages = 0; pages < 10; pages += 1) {
      const answer = page.parse((await ask({ ...about, limit: '2', ...(cursor === undefined ? {} : { cursor }) })).json);
      found.push(...pricesIn(answer.items));
      if (answer.next === null) break;
      cursor = answer.next;
    }
    expect(found).toEqual([7, 6, 5, 4, 3, 2, 1]);
  });

  it('refuses the cursor of another list', async () => {
    const { setPrice, ask } = shop();
    for (const price of [1, 2]) await setPrice('saw', price, admin('ann'));
    const cursor = page.parse((await ask({ aggregate: 'article:saw', limit: '1' })).json).next ?? '';
    for (const query of [{ aggregate: 'article:axe', cursor }, { subject: 'ann', cursor }, { cursor }])
      expect(await ask(query)).toMatchObject({ status: 400, code: 'cursor-invalid' });
  });

  it.each([
    [{ from: '2026-01-01' }, 'audit-range-too-long'],
    [{ from: '2026-03-14', until: '2026-03-13' }, 'audit-range-empty'],
    [{ aggregate: 'shop:1' }, 'aggregate-kind-not-found'],
  ])('refuses %j with %s', async (query, code) => {
    expect(await shop().ask(query)).toMatchObject({ status: 422, code });
  });

  it('allows a longer period for one subject', async () => {
    expect(await shop().ask({ from: '2020-01-01', subject: 'ann' })).toMatchObject({ status: 200 });
  });

  it('answers in German if the request asks for German', async () => {
    const { setPrice, items } = shop();
    await setPrice('saw', 1, admin('ann'));
    const [found] = await items({}, { headers: { 'accept-language': 'de-DE,de;q=0.9' } });
    expect(found?.events[0]?.sentence).toBe('Ein Preis wurde geändert.');
  });

  it('is for admins only', async () => {
    const { ask } = shop();
    for (const role of ['operations', 'finance', 'manager', 'integration'] as const) expect((await ask({}, { role })).status).toBe(403);
  });

  it('answers as CSV, a line for each change, and names the next page', async () => {
    const { setPrice, ask } = shop();
    await setPrice('=saw', 100, admin('+49'));
    await setPrice('=saw', 80, admin('+49'));
    const { sent, headers } = await ask({ format: 'csv', aggregate: 'article:=saw', limit: '1' });
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(sent).toBe(
      '\uFEFFStored at,Actor,Who,Roles,Request,Aggregate,Id,Sequence,Event,What happened,Value,From,To\r\n' +
        "2026-03-14T09:00:00.000Z,caller,'+49,admin,request-80,article,'=saw,2,Priced,A price was changed.,/price,100,80\r\n",
    );
    const link = /^<\/audit\/quota\?(.*)>; rel="next"$/.exec(headers['link'] ?? '')?.[1] ?? '';
    const next = await ask(Object.fromEntries(new URLSearchParams(link)));
    expect(next.sent).toContain(',1,Priced,A price was changed.,/price,0,100\r\n');
    expect(next.headers['link']).toBeUndefined();
  });

  it('counts further changes instead of listing thousands', async () => {
    const { setPrice, items } = shop();
    const sizes = Array.from({ length: 250 }, (_, index) => index);
    await setPrice('saw', 1, admin('ann'), sizes);
    const [event] = (await items({}))[0]?.events ?? [];
    expect([event?.changes.length, event?.moreChanges]).toEqual([100, 151]);
  });
});
