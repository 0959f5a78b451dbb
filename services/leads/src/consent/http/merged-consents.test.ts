import { leadDetail } from '@meilenstein/contracts';
import { describe, expect, it } from 'vitest';
import { leadsInMemory } from '../../testing/leads-in-memory.ts';
import { problem } from '../../testing/routed-company.ts';

const day = 24 * 60 * 60_000;
const sequence = {
  sequenceId: 'welcome',
  name: 'Welcome',
  category: null,
  purpose: 'newsletter',
  steps: [{ id: 'offer', afterMinutes: 24 * 60, act: 'mail', a: { subject: 'An offer', text: 'Good day' } }],
};

/** Two leads that agreed to the newsletter at the same time, each with a plan that writes after a day. */
const twoLeads = async (doubleOptIn = false) => {
  const leads = leadsInMemory();
  await leads.hire('ann');
  await leads.call('PUT /follow-up-sequences', { body: { sequences: [sequence] }, headers: { 'if-match': '0' } });
  const form = await leads.register('html-form', {
    consents: [{ purpose: 'newsletter', textVersion: '1', path: 'newsletter', doubleOptIn }],
  });
  const capture = async (email: string): Promise<string> => {
    await leads.submit(form.id, { email, newsletter: 'on' });
    await leads.settle();
    leads.move(60_000);
    return leads.events().findLast((event) => event.name === 'LeadCaptured')?.subject ?? '';
  };
  const [stays, goes] = [await capture('ada@mills.example'), await capture('lovelace@mills.example')];
  const post = async (route: string, id: string, body: object = {}) => {
    const answer = await leads.call(`POST /leads/{leadId}/${route}`, {
      path: { leadId: id, purpose: 'newsletter' },
      body,
      headers: { 'if-match': '*' },
    });
    await leads.settle();
    leads.move(60_000);
    return answer;
  };
  const see = async (id: string) => leadDetail.parse((await leads.call('GET /leads/{leadId}', { path: { leadId: id } })).json);
  const statusOf = async (id: string) => (await see(id)).consents.find((one) => one.purpose === 'newsletter')?.status;
  const withdraw = (id: string) => post('consents/{purpose}/withdraw', id);
  const sweepAfter = async (millis: number): Promise<void> => {
    leads.move(millis);
    await leads.sweep();
    await leads.settle();
  };
  return { leads, stays, goes, post, see, statusOf, withdraw, sweepAfter };
};

const tokenIn = (text: string): string => /\/consents\/([A-Za-z0-9_-]+)/.exec(text)?.[1] ?? '';

describe('the consents of two leads of one person', () => {
  it('stop e-mails once either is withdrawn, and each lead gets its own back when the merge is undone', async () => {
    const { leads, stays, goes, post, see, statusOf, withdraw, sweepAfter } = await twoLeads();
    await withdraw(goes);
    expect((await post('merge', stays, { other: goes })).status).toBe(200);
    expect(await statusOf(stays)).toBe('withdrawn');
    expect((await see(stays)).followUp).toMatchObject({ nextStepAt: null, stopped: { reason: 'consent-withdrawn' } });
    await sweepAfter(2 * day);
    expect(leads.mails).toEqual([]);
    expect((await post('unmerge', stays, { absorbed: goes })).status).toBe(200);
    expect([await statusOf(stays), await statusOf(goes)]).toEqual(['given', 'withdrawn']);
    expect(await post('unmerge', stays, { absorbed: goes })).toMatchObject(problem('lead-not-merged', 422));
  });

  it('allow e-mails if both leads gave them', async () => {
    const { leads, stays, goes, post, sweepAfter } = await twoLeads();
    await post('merge', stays, { other: goes });
    await sweepAfter(2 * day);
    expect(leads.mails.map((mail) => mail.subject)).toEqual(['An offer']);
  });

  it.each(['the one that stayed', 'the one that was absorbed'])(
    'are both withdrawn by a withdrawal on %s, also after the merge is undone',
    async (which) => {
      const { leads, stays, goes, post, statusOf, withdraw, sweepAfter } = await twoLeads();
      await post('merge', stays, { other: goes });
      expect((await withdraw(which === 'the one that stayed' ? stays : goes)).status).toBe(200);
      expect([await statusOf(stays), await statusOf(goes)]).toEqual(['withdrawn', 'withdrawn']);
      await sweepAfter(2 * day);
      expect(leads.mails).toEqual([]);
      await post('unmerge', stays, { absorbed: goes });
      expect([await statusOf(stays), await statusOf(goes)]).toEqual(['withdrawn', 'withdrawn']);
    },
  );

  it('can be confirmed and withdrawn by the links that were sent to the absorbed lead', async () => {
    const { leads, stays, goes, post, statusOf } = await twoLeads(true);
    const token = tokenIn(leads.mails.find((mail) => mail.to.startsWith('lovelace'))?.text ?? '');
    await post('merge', stays, { other: goes });
    expect(await statusOf(stays)).toBe('requested');
    expect((await leads.follow('POST /consents/{token}', { path: { token } })).text).not.toContain('the withdrawal stays in effect');
    expect([await statusOf(stays), await statusOf(goes)]).toEqual(['given', 'given']);
    leads.move(60_000);
    await leads.follow('POST /consents/{token}/withdraw', { path: { token } });
    expect([await statusOf(stays), await statusOf(goes)]).toEqual(['withdrawn', 'withdrawn']);
  });

  it('A2: are not asked again by a post for either while a request to the person is younger than a day', async () => {
    const { leads, stays, goes, post } = await twoLeads(true);
    await post('merge', stays, { other: goes });
    expect(leads.mails).toHaveLength(2);
    leads.mails.length = 0;
    const form = await leads.register('html-form', {
      consents: [{ purpose: 'newsletter', textVersion: '2', path: 'newsletter', doubleOptIn: true }],
    });
    for (const email of ['ada@mills.example', 'lovelace@mills.example', 'ada@mills.example']) {
      await leads.submit(form.id, { email, newsletter: 'on', message: 'again' });
      await leads.settle();
      leads.move(60_000);
    }
    expect(leads.mails).toEqual([]);
  });
});
