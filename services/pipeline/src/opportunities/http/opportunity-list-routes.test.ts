import { opportunityItem, pageOf } from '@meilenstein/contracts';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { evidence, pipelineInMemory, type PipelineInMemory } from '../../testing/pipeline-in-memory.ts';

const ann = { role: 'rep', subject: 'login-ann' } as const;
const boss = { role: 'manager', subject: 'login-boss' } as const;
const euros = (amount: string) => ({ amount: { amount, currency: 'EUR' } });
const listed = pageOf(opportunityItem).extend({ total: z.unknown() });

const list = async ({ call }: PipelineInMemory, query: Record<string, string>, who: object = {}) =>
  listed.parse((await call('GET /opportunities', { query, ...who })).json);
const accounts = async (pipeline: PipelineInMemory, query: Record<string, string>, who: object = {}) =>
  (await list(pipeline, query, who)).items.map(({ account }) => account.name);
const found = async ({ call }: PipelineInMemory, text: string, who: object = {}): Promise<readonly unknown[]> => {
  const { json } = await call('POST /search/opportunities', { body: { text }, ...who });
  return pageOf(opportunityItem)
    .omit({ next: true })
    .parse(json)
    .items.map(({ account }) => account.name);
};

/** A company with opportunities of ann and nora (north) and bob (south). */
const company = async () => {
  const pipeline = await pipelineInMemory();
  const open = async (name: string, owner: string, about: object = {}) => {
    pipeline.move(1000);
    return pipeline.open(owner, { account: { id: `of-${owner}`, name }, ...about });
  };
  const opened = [
    await open('Byron Mills', 'ann', { ...euros('100.00'), segment: 'enterprise' }),
    await open('Müller KG', 'ann', { amount: { amount: '200.00', currency: 'CHF' } }),
    await open('Noname', 'nora'),
    await open('Southwark', 'bob', euros('0.10')),
  ] as const;
  return { ...pipeline, opened };
};

describe('GET /opportunities with filters', () => {
  it('counts and sums what the caller may see in the reporting currency, and counts apart what has no amount', async () => {
    const pipeline = await company();
    expect((await list(pipeline, { status: 'open' })).total).toEqual({
      count: 4,
      sum: { amount: '314.10', currency: 'EUR' },
      withoutAmount: 1,
    });
    expect((await list(pipeline, { status: 'open' }, boss)).total).toMatchObject({ count: 3, sum: { amount: '314.00' } });
    expect((await list(pipeline, { status: 'open' }, ann)).total).toMatchObject({ count: 2, withoutAmount: 0 });
  });

  it('gives the same total on every page, and each opportunity once', async () => {
    const pipeline = await company();
    const first = await list(pipeline, { sort: 'largest', limit: '3' });
    const second = await list(pipeline, { sort: 'largest', limit: '3', cursor: first.next ?? '' });
    expect(second.total).toEqual(first.total);
    expect([...first.items, ...second.items].map(({ account }) => account.name)).toEqual([
      'Müller KG',
      'Byron Mills',
      'Southwark',
      'Noname',
    ]);
    expect(second.next).toBeNull();
  });

  it.each([
    ['segment', { segment: 'enterprise' }, ['Byron Mills']],
    ['no segment', { segment: 'none', owner: 'ann' }, ['Müller KG']],
    ['team', { team: 'south' }, ['Southwark']],
    ['amount', { minAmount: '100', maxAmount: '150' }, ['Byron Mills']],
    ['process', { process: 'services' }, []],
    ['account name, in order', { sort: 'account' }, ['Byron Mills', 'Müller KG', 'Noname', 'Southwark']],
  ])('filters by %s', async (_, query: Record<string, string>, names) => {
    expect(await accounts(await company(), query)).toEqual(names);
  });

  it('lists those of some ids that the caller may see, with their own order and total', async () => {
    const pipeline = await company();
    const ids = [pipeline.opened[3], pipeline.opened[0], 'unheard-of', pipeline.opened[0]].join(',');
    expect(await accounts(pipeline, { ids, sort: 'account' })).toEqual(['Byron Mills', 'Southwark']);
    expect((await list(pipeline, { ids })).total).toMatchObject({ count: 2 });
    expect(await accounts(pipeline, { ids }, boss)).toEqual(['Byron Mills']);
    expect(await accounts(pipeline, { ids, owner: 'bob' })).toEqual(['Southwark']);
    expect(await accounts(pipeline, { ids, status: 'won' })).toEqual([]);
  });

  it('shows a manager nothing of another team, whatever is asked', async () => {
    expect(await accounts(await company(), { team: 'south' }, boss)).toEqual([]);
    expect(await accounts(await company(), { owner: 'bob', sort: 'newest' }, boss)).toEqual([]);
  });

  it('gives items a version with which a command needs no further GET', async () => {
    const pipeline = await company();
    const [item] = (await list(pipeline, { owner: 'ann', sort: 'newest' }, ann)).items;
    const lose = (version: string) =>
      pipeline.command(item?.opportunityId ?? '', 'lose', { reason: 'price' }, { ifMatch: version, ...ann });
    expect(await lose(`${(item?.version ?? 0) + 1}`)).toMatchObject({ status: 412, code: 'version-conflict' });
    expect(await lose(`"${item?.version}"`)).toMatchObject({ status: 200 });
  });

  it('has no total where it is neither filtered nor sorted', async () => {
    const pipeline = await company();
    expect((await list(pipeline, { owner: 'ann' })).total).toBeNull();
    expect((await list(pipeline, { status: 'won' })).total).toBeNull();
  });

  it('answers 304 until something changes', async () => {
    const { call, command, opened } = await company();
    const query = { status: 'open' };
    const { etag } = await call('GET /opportunities', { query });
    const again = () => call('GET /opportunities', { query, headers: { 'if-none-match': etag } });
    expect((await again()).status).toBe(304);
    await command(opened[0], 'milestones', { milestoneId: 'need-named', evidence: evidence('said') });
    expect((await again()).status).toBe(200);
  });
});

describe('POST /search/opportunities', () => {
  it.each([
    ['the beginning of a word', 'byr'],
    ['words in another order', 'mills BYRON'],
    ['an umlaut that is spelt out', 'mueller'],
  ])('finds an account by %s', async (_, text) => {
    expect(await found(await company(), text)).toHaveLength(1);
  });

  it('finds an opportunity by its id', async () => {
    const pipeline = await company();
    expect(await found(pipeline, pipeline.opened[3])).toEqual(['Southwark']);
  });

  it('finds only what the caller may see', async () => {
    const pipeline = await company();
    expect(await found(pipeline, 'southwark', ann)).toEqual([]);
    expect(await found(pipeline, pipeline.opened[3], boss)).toEqual([]);
    expect((await pipeline.call('POST /search/opportunities', { body: { text: 'byron' }, role: 'finance' })).status).toBe(403);
  });

  it('puts open opportunities first, and says if there are more than it shows', async () => {
    const pipeline = await pipelineInMemory();
    for (let n = 0; n < 21; n += 1) await pipeline.open('ann');
    const lost = await pipeline.open('ann');
    await pipeline.command(lost, 'lose', { reason: 'price' });
    const { json } = await pipeline.call('POST /search/opportunities', { body: { text: 'acme' } });
    expect(json).toMatchObject({ isComplete: false });
    expect(JSON.stringify(json)).not.toContain(lost);
  });
});
