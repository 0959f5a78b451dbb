import { quotaApi } from '@meilenstein/contracts';
import { describe, expect, it } from 'vitest';
import { quotaInMemory } from '../../testing/quota-in-memory.ts';
import { mostViews } from '../domain/saved-view.ts';

const ann = { role: 'rep', subject: 'login-ann' } as const;
const nora = { role: 'rep', subject: 'login-nora' } as const;
const bob = { role: 'rep', subject: 'login-bob' } as const;
const boss = { role: 'manager', subject: 'login-boss' } as const;
const listed = quotaApi.routes['GET /views'].answers[200];

const large = { list: 'opportunities', name: 'Große Chancen', filter: { minAmount: '50000', sort: 'largest' }, teamId: null };

const company = async () => {
  const quota = quotaInMemory();
  await quota.setUp();
  const { call } = quota;
  return {
    ...quota,
    save: (viewId: string, body: object, who: object, ifMatch?: string) =>
      call('PUT /views/{viewId}', {
        path: { viewId },
        body,
        headers: ifMatch === undefined ? { 'if-none-match': '*' } : { 'if-match': ifMatch },
        ...who,
      }),
    remove: (viewId: string, who: object, ifMatch = '*') =>
      call('DELETE /views/{viewId}', { path: { viewId }, headers: { 'if-match': ifMatch }, ...who }),
    views: async (who: object, list = 'opportunities') => listed.parse((await call('GET /views', { query: { list }, ...who })).json).items,
    get: (viewId: string, who: object) => call('GET /views/{viewId}', { path: { viewId }, ...who }),
  };
};

describe('a saved view', () => {
  it('is there for the person who saved it, in the list that it belongs to, and for nobody else', async () => {
    const { save, views, get } = await company();
    expect(await save('large', large, ann)).toMatchObject({ status: 200, json: { isOwn: true, version: 1 } });
    expect(await views(ann)).toMatchObject([{ viewId: 'large', name: 'Große Chancen', filter: large.filter }]);
    expect(await views(ann, 'leads')).toEqual([]);
    expect(await views(nora)).toEqual([]);
    expect(await get('large', nora)).toMatchObject({ status: 404, code: 'view-not-found' });
  });

  it('is shared with the people of a team, who may not change it', async () => {
    const { save, remove, views } = await company();
    await save('large', { ...large, teamId: 'north' }, boss);
    expect(await views(ann)).toMatchObject([{ viewId: 'large', isOwn: false, teamId: 'north' }]);
    expect(await views(bob)).toEqual([]);
    expect(await save('large', large, ann, '"1"')).toMatchObject({ status: 404, code: 'view-not-found' });
    expect(await remove('large', ann)).toMatchObject({ status: 404, code: 'view-not-found' });
  });

  it('is shared only with a team that the person belongs to or leads', async () => {
    const { save } = await company();
    expect(await save('large', { ...large, teamId: 'south' }, ann)).toMatchObject({ status: 422, code: 'team-not-found' });
    expect(await save('large', { ...large, teamId: 'south' }, { role: 'operations', subject: 'o' })).toMatchObject({ status: 200 });
  });

  it('changes only in the version that was read, and a new one overwrites none', async () => {
    const { save, views } = await company();
    await save('large', large, ann);
    expect(await save('large', { ...large, name: 'Andere' }, ann)).toMatchObject({ status: 412 });
    expect(await save('large', { ...large, name: 'Andere' }, ann, '"7"')).toMatchObject({ status: 412, code: 'version-conflict' });
    expect(await save('large', { ...large, name: 'Andere' }, ann, '"1"')).toMatchObject({ status: 200, json: { version: 2 } });
    expect(await views(ann)).toMatchObject([{ name: 'Andere', version: 2 }]);
  });

  it('is gone once it is deleted, and may be saved again', async () => {
    const { save, remove, views } = await company();
    await save('large', { ...large, teamId: 'north' }, ann);
    expect(await remove('large', ann)).toMatchObject({ status: 200 });
    expect([await views(ann), await views(nora)]).toEqual([[], []]);
    expect(await remove('large', ann)).toMatchObject({ status: 404 });
  });

  it('emits its filter and never its name', async () => {
    const { save, events } = await company();
    await save('large', large, ann);
    const [saved] = events().filter(({ name }) => name === 'ViewSaved');
    expect(saved).toMatchObject({ subject: 'large', data: { filter: large.filter, loginSubject: 'login-ann' } });
    expect(JSON.stringify(saved)).not.toContain('Große');
  });

  it.each([
    ['a name of the filter that no list has', { ...large, filter: { person: 'kim' } }],
    ['a value that is no id', { ...large, filter: { owner: 'kim@example.org' } }],
    ['no name', { ...large, name: '' }],
  ])('refuses %s', async (_, body) => {
    const { save } = await company();
    expect((await save('large', body, ann)).status).toBe(400);
  });

  it('is refused to somebody who has too many', async () => {
    const { save } = await company();
    for (let n = 0; n < mostViews; n += 1) await save(`view-${n}`, large, ann);
    expect(await save('one-more', large, ann)).toMatchObject({ status: 422, code: 'too-many-views' });
    expect(await save('view-0', { ...large, name: 'Andere' }, ann, '"1"')).toMatchObject({ status: 200 });
  });

  it('is nothing for finance and marketing, who have no such lists', async () => {
    const { call } = await company();
    for (const role of ['finance', 'marketing'] as const)
      expect((await call('GET /views', { query: { list: 'leads' }, role })).status).toBe(403);
  });
});
