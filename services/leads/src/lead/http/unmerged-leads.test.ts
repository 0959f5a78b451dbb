import { leadDetail } from '@meilenstein/contracts';
import { describe, expect, it } from 'vitest';
import { leadsInMemory } from '../../testing/leads-in-memory.ts';

const hour = 3_600_000;
const sequence = {
  sequenceId: 'welcome',
  name: 'Welcome',
  category: null,
  purpose: 'newsletter',
  steps: [
    { id: 'call', afterMinutes: 0, act: 'task', title: 'Call' },
    { id: 'call-again', afterMinutes: 24 * 60, act: 'task', title: 'Call again' },
  ],
};
const touched = (count: number) => ({ field: 'touches', test: 'at-least', value: count });
const criteria = { mql: touched(1), sql: { intent: touched(3), fit: { field: 'email.domain', test: 'present' } } };

/** Ada and Eve of one form, each with an owner and a sequence. */
const twoPeople = async () => {
  const leads = leadsInMemory();
  await leads.hire('ann');
  await leads.call('PUT /follow-up-sequences', { body: { sequences: [sequence] }, headers: { 'if-match': '0' } });
  expect((await leads.call('PUT /qualification', { body: criteria, headers: { 'if-match': '0' } })).status).toBe(200);
  const form = await leads.register('html-form', {
    consents: [{ purpose: 'newsletter', textVersion: '1', path: 'newsletter', doubleOptIn: false }],
  });
  const submit = async (fields: Record<string, string>): Promise<void> => {
    leads.move(60_000);
    await leads.submit(form.id, fields);
    await leads.settle();
    await leads.sweep();
    await leads.settle();
  };
  await submit({ email: 'ada@mills.example', name: 'Ada' });
  await submit({ email: 'eve@mills.example', name: 'Eve' });
  const [ada = '', eve = ''] = leads
    .events()
    .filter((event) => event.name === 'LeadCaptured')
    .map((event) => event.subject);
  const post = async (route: string, id: string, body: object) => {
    leads.move(60_000);
    const answer = await leads.call(`POST /leads/{leadId}/${route}`, { path: { leadId: id }, body, headers: { 'if-match': '*' } });
    expect(answer.status).toBe(200);
    await leads.settle();
  };
  return {
    leads,
    submit,
    ada,
    eve,
    merge: (stays: string, other: string) => post('merge', stays, { other }),
    part: (stays: string, absorbed: string) => post('unmerge', stays, { absorbed }),
    see: async (id: string) => leadDetail.parse((await leads.call('GET /leads/{leadId}', { path: { leadId: id } })).json),
  };
};

describe('two leads whose merge is undone', () => {
  it('each keep what their own keys brought in the meantime', async () => {
    const { submit, merge, part, see, ada, eve } = await twoPeople();
    await merge(ada, eve);
    await submit({ email: 'eve@mills.example', message: 'Here is Eve', newsletter: 'on' });
    await submit({ email: 'ada@mills.example', company: 'Mills' });
    expect(await see(ada)).toMatchObject({ status: 'sql', person: { message: 'Here is Eve', company: 'Mills' } });
    expect((await see(ada)).touchpoints).toHaveLength(4);
    await part(ada, eve);
    const [one, other] = [await see(ada), await see(eve)];
    expect(one.person).toEqual({ email: 'ada@mills.example', name: 'Ada', company: 'Mills' });
    expect(other.person).toEqual({ email: 'eve@mills.example', name: 'Eve', message: 'Here is Eve' });
    expect([one.touchpoints.length, other.touchpoints.length]).toEqual([2, 2]);
    expect([one.consents, other.consents.map((consent) => consent.purpose)]).toEqual([[], ['newsletter']]);
  });

  it('each have the stage of their own touchpoints, and reaching a stage again does not count twice', async () => {
    const { leads, submit, merge, part, see, ada, eve } = await twoPeople();
    await merge(ada, eve);
    await submit({ email: 'eve@mills.example', message: 'Again' });
    expect((await see(ada)).status).toBe('sql');
    await part(ada, eve);
    expect([(await see(ada)).status, (await see(eve)).status]).toEqual(['mql', 'mql']);
    await submit({ email: 'ada@mills.example', message: 'One' });
    await submit({ email: 'ada@mills.example', message: 'Two' });
    const stages = leads.events().flatMap((event) => (event.name === 'LeadQualified' && event.subject === ada ? [event.data] : []));
    expect(stages).toMatchObject([
      { stage: 'mql', again: false },
      { stage: 'sql', again: false },
      { stage: 'sql', again: true },
    ]);
  });

  it('each keep their own values after any number of merges', async () => {
    const { leads, submit, merge, part, see, ada, eve } = await twoPeople();
    await submit({ email: 'ida@mills.example', name: 'Ida' });
    const ida = leads.events().findLast((event) => event.name === 'LeadCaptured')?.subject ?? '';
    await merge(eve, ida);
    await merge(ada, eve);
    await submit({ email: 'ida@mills.example', message: 'Here is Ida' });
    expect((await see(ada)).person).toMatchObject({ message: 'Here is Ida' });
    expect((await see(ada)).touchpoints).toHaveLength(4);
    await part(ada, eve);
    expect((await see(ada)).person).not.toHaveProperty('message');
    expect((await see(eve)).person).toMatchObject({ message: 'Here is Ida' });
    await part(eve, ida);
    expect((await see(ida)).person).toMatchObject({ message: 'Here is Ida' });
    expect((await see(eve)).touchpoints).toHaveLength(1);
  });

  it('continue their sequences where they stopped, and nothing became due in between', async () => {
    const { leads, merge, part, see, ada, eve } = await twoPeople();
    await merge(ada, eve);
    expect((await see(eve)).followUp).toMatchObject({ stopped: { reason: 'lead-closed' } });
    leads.move(48 * hour);
    await part(ada, eve);
    const { followUp } = await see(eve);
    expect(followUp).toMatchObject({ stopped: null, stepsDone: ['call'] });
    expect(Date.parse(followUp?.nextStepAt ?? '') - Date.parse(followUp?.startedAt ?? '')).toBe(72 * hour + 60_000);
    const tasks = leads.table.dump().filter((item) => item['leadId'] === eve && item['gsi1pk'] === 'TASKS#REP#ann');
    expect(tasks).toHaveLength(1);
  });

  it('get no more follow-up if the person wrote in the meantime', async () => {
    const { submit, merge, part, see, ada, eve } = await twoPeople();
    await merge(ada, eve);
    await submit({ email: 'eve@mills.example', message: 'Yes, please call' });
    await part(ada, eve);
    expect((await see(eve)).followUp).toMatchObject({ nextStepAt: null, stopped: { reason: 'answered' } });
  });
});
