import { expect, it } from 'vitest';
import * as z from 'zod';
import { leadsInMemory } from '../../testing/leads-in-memory.ts';

const page = z.object({ items: z.array(z.looseObject({ leadId: z.string(), owner: z.looseObject({ repId: z.string() }).nullable() })) });

it('S2 all leads of somebody who leaves go to a colleague with one command, which a manager outside the team may not give', async () => {
  const leads = leadsInMemory();
  await leads.hire('ann');
  const source = await leads.register('standard-webhooks');
  for (const email of ['a@canary.example', 'b@canary.example']) {
    await leads.deliver(source, email, { email, company: 'Byron Mills' });
    await leads.settle();
  }
  await leads.hire('ann', 'bob');
  const handOver = (body: object, subject = 'login-boss') => leads.call('POST /leads/hand-over', { role: 'manager', subject, body });
  expect(await handOver({ from: 'ann', to: 'nobody' })).toMatchObject({ status: 422, json: { field: 'to', value: 'nobody' } });
  expect(await handOver({ from: 'ann', to: 'bob' }, 'login-stranger')).toMatchObject({ status: 422, json: { field: 'from' } });
  const answer = await handOver({ from: 'ann', to: 'bob' });
  expect(answer).toMatchObject({ status: 200, json: { more: false, items: [{ state: 'given' }, { state: 'given' }] } });
  const { items } = page.parse((await leads.call('GET /leads')).json);
  expect(items.map(({ owner }) => owner?.repId)).toEqual(['bob', 'bob']);
  expect((await handOver({ from: 'ann', to: 'bob' })).json).toEqual({ items: [], more: false });
});
