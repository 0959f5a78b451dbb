import { leadPage, leadsFound, type LeadItem } from '@meilenstein/contracts';
import { describe, expect, it } from 'vitest';
import { document, isIn, routedCompany, rule, type RoutedCompany } from '../../testing/routed-company.ts';

const ann = { role: 'rep', subject: 'login-ann' } as const;
const bob = { role: 'rep', subject: 'login-bob' } as const;

const byron = { name: 'Ada Byron', company: 'Müller Mühlen', email: 'ada@byron.example', phone: '+49 170 1234567', country: 'DE' };

/** A company where leads from Germany are ann's, those from France bob's, and all others wait in a queue. */
const company = async () => {
  const made = await routedCompany(['ann', 'bob']);
  await made.profile('ann', { languages: ['de'] });
  await made.profile('bob', { languages: ['fr'] });
  await made.put('/routing', {
    ...document(rule('german', isIn('DE'), { languages: ['de'] }), rule('french', isIn('FR'), { languages: ['fr'] })),
  });
  return made;
};

const page = async ({ call }: RoutedCompany, query: Record<string, string>, who: object = {}) =>
  leadPage.parse((await call('GET /leads', { query, ...who })).json);
const titles = (items: readonly LeadItem[]) => items.map(({ title }) => title);
const find = async ({ call }: RoutedCompany, text: string, who: object = {}) =>
  leadsFound.parse((await call('POST /search/leads', { body: { text }, ...who })).json);
const foundTitles = async (made: RoutedCompany, text: string, who: object = {}) => titles((await find(made, text, who)).items);

describe('GET /leads with filters', () => {
  it('counts what the filters leave, and gives it page by page in the order that was asked for', async () => {
    const made = await company();
    for (const name of ['Zoe', 'Ada', 'Max']) {
      await made.write({ name, country: 'DE' });
      made.move(1000);
    }
    const first = await page(made, { sort: 'title', limit: '2' }, ann);
    const second = await page(made, { sort: 'title', limit: '2', cursor: first.next ?? '' }, ann);
    expect([titles(first.items), titles(second.items)]).toEqual([['Ada', 'Max'], ['Zoe']]);
    expect([first.total, second.total, second.next]).toEqual([3, 3, null]);
    expect(titles((await page(made, { sort: 'newest' }, ann)).items)).toEqual(['Max', 'Ada', 'Zoe']);
    expect(titles((await page(made, { sort: 'oldest' }, ann)).items)).toEqual(['Zoe', 'Ada', 'Max']);
  });

  it('leaves out what has ended where open leads are asked for', async () => {
    const made = await company();
    const lost = await made.write({ name: 'Lost', country: 'DE' });
    await made.write({ name: 'Kept', country: 'DE' });
    const command = { ...ann, path: { leadId: lost.leadId }, headers: { 'if-match': '*' }, body: { reason: 'no-need' } };
    expect((await made.call('POST /leads/{leadId}/disqualify', command)).status).toBe(200);
    expect(titles((await page(made, { status: 'open' }, ann)).items)).toEqual(['Kept']);
    expect(titles((await page(made, { status: 'disqualified' }, ann)).items)).toEqual(['Lost']);
    const all = await page(made, {}, ann);
    expect([titles(all.items), all.total]).toEqual([['Kept', 'Lost'], null]);
  });

  it.each([
    ['team', { team: 'north' }, ['Ada']],
    ['unknown team', { team: 'south' }, []],
    ['queue', { queue: 'open' }, ['Waits']],
    ['owner', { owner: 'bob', sort: 'due' }, []],
  ] as const)('filters by %s', async (_, query, expected) => {
    const made = await company();
    await made.write({ name: 'Ada', country: 'DE' });
    await made.write({ name: 'Waits', country: 'JP' });
    const queued = made.events().find((event) => event.name === 'LeadQueued');
    const wanted = 'queue' in query ? { queue: String(Object(queued?.data).queueId) } : query;
    expect(titles((await page(made, wanted)).items)).toEqual(expected);
  });

  it('gives items a version with which a command needs no further GET', async () => {
    const made = await company();
    await made.write({ name: 'Ada', country: 'DE' });
    const [item] = (await page(made, { status: 'open' }, ann)).items;
    const answer = (version: number) =>
      made.call('POST /leads/{leadId}/answer', {
        ...ann,
        path: { leadId: item?.leadId ?? '' },
        headers: { 'if-match': String(version) },
        body: { channel: 'call' },
      });
    expect((await answer((item?.version ?? 0) - 1)).status).toBe(412);
    expect((await answer(item?.version ?? 0)).status).toBe(200);
  });

  it('shows a rep nothing of another rep', async () => {
    const made = await company();
    await made.write(byron);
    expect((await page(made, { status: 'open' }, bob)).total).toBe(0);
    expect((await page(made, { owner: 'ann', sort: 'due' }, bob)).total).toBe(0);
  });
});

describe('POST /search/leads', () => {
  it.each([
    ['the beginning of the name', 'ada by'],
    ['the words of the company without its umlauts', 'MUHLEN muller'],
    ['the words of the company with umlauts spelt out', 'mueller muehlen'],
    ['the e-mail address', 'ada@byron.example'],
    ['the phone number without the country', '0170 1234567'],
    ['the phone number with the country', '0049 170 1234567'],
    ['words of name and company', 'byron müller'],
  ])('finds a lead by %s', async (_, text) => {
    const made = await company();
    await made.write(byron);
    await made.write({ name: 'Somebody Else', country: 'DE', phone: '+49 170 7654321' });
    expect(await foundTitles(made, text, ann)).toEqual(['Ada Byron']);
  });

  it('finds a lead by its id', async () => {
    const made = await company();
    const { leadId } = await made.write(byron);
    expect(await foundTitles(made, leadId, ann)).toEqual(['Ada Byron']);
  });

  it.each(['yron', 'ada lovelace', '0170 9999999', ''])('does not find it by “%s”', async (text) => {
    const made = await company();
    await made.write(byron);
    expect(await foundTitles(made, text, ann)).toEqual([]);
  });

  it('finds only what the caller may see, and a lead that waits in a queue of theirs', async () => {
    const made = await company();
    await made.write(byron);
    await made.write({ name: 'Ada Waits', country: 'JP' });
    expect(await foundTitles(made, 'ada', bob)).toEqual(['Ada Waits']);
    expect((await foundTitles(made, 'ada', { role: 'operations' })).toSorted()).toEqual(['Ada Byron', 'Ada Waits']);
    expect((await made.call('POST /search/leads', { body: { text: 'ada' }, role: 'marketing' })).status).toBe(403);
  });

  it('finds nothing of a person who was erased', async () => {
    const made = await company();
    const { leadId } = await made.write(byron);
    await made.call('DELETE /leads/{leadId}', { path: { leadId } });
    await made.settle();
    for (const text of ['ada', 'byron.example', '0170 1234567', leadId]) expect(await foundTitles(made, text)).toEqual([]);
  });
});

describe('GET /queues', () => {
  it('counts the leads that wait in each queue that the caller may pick from, and those that wait too long', async () => {
    const made = await company();
    const empty = await made.call('GET /queues', bob);
    expect(Object(empty.json).items).toMatchObject([{ leads: 0, overdue: 0, earliestDueAt: null }]);
    await made.write({ country: 'JP' });
    const waiting = await made.call('GET /queues', bob);
    expect(Object(waiting.json).items).toMatchObject([{ leads: 1, overdue: 0, earliestDueAt: expect.any(String) }]);
    made.move(30 * 86_400_000);
    expect(Object((await made.call('GET /queues', bob)).json).items).toMatchObject([{ leads: 1, overdue: 1 }]);
    expect((await made.call('GET /queues', { role: 'marketing' })).status).toBe(403);
  });
});
