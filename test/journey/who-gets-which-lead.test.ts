import { leadDetail, leadHead, routingRehearsal, routingView, sellerView, territoriesView } from '@meilenstein/contracts';
import { toInstant } from '@meilenstein/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { deliver, leadsOf, registerSource, type Source } from '@meilenstein/demo/steps/new-business';
import { setUpRouting } from '@meilenstein/demo/company/routing';
import { apiClient, type ApiClient } from '@meilenstein/demo/client/api-client';
import { bootSmallCompany, type SmallCompany } from './small-company.ts';

let company: SmallCompany;
let operations: ApiClient;
let source: Source;

beforeAll(async () => {
  company = await bootSmallCompany();
  operations = await apiClient(company.cloud, 'operations', 'login-operations');
  await setUpRouting(company.cloud, operations, toInstant(Date.now()));
  source = await registerSource(await apiClient(company.cloud, 'marketing', 'm'), 'Fair', 'standard-webhooks');
});

afterAll(async () => {
  await company.end();
});

const problem = (code: string, status: number) => ({ status, body: { type: `urn:meilenstein:problem:${code}`, status } });
const rep = (id: string): Promise<ApiClient> => apiClient(company.cloud, 'rep', `login-${id}`);

/** Somebody writes; answers the lead as operations reads it. */
const write = async (fields: Readonly<Record<string, string>>): Promise<z.infer<typeof leadDetail>> => {
  await deliver(company.cloud, source, `d-${fields['email']}`, fields);
  await company.cloud.quiet();
  const found = (await leadsOf(operations, [source])).find((lead) => lead.person.email === fields['email']);
  return operations.get(leadDetail, `/leads/${found?.leadId}`);
};

describe('lead routing over the local cloud', () => {
  it('reads and changes territories, sellers and rules, and refuses an invalid one with its code', async () => {
    const tree = await operations.get(territoriesView, '/territories?under=germany');
    expect(tree.territories.map((one) => one.within)).toEqual([['dach']]);
    expect(await operations.call('GET', '/territories?under=mars')).toMatchObject(problem('territory-not-found', 404));
    const needed = { body: { territories: [] }, ifMatch: '"1"' };
    expect(await operations.call('PUT', '/territories', needed)).toMatchObject(problem('territory-in-use', 422));

    const [ann, stranger] = [await rep('rep-ost-2'), await rep('rep-ost-3')];
    expect((await ann.get(sellerView, '/sellers/rep-ost-2')).languages).toEqual(['de', 'en']);
    expect(await stranger.call('GET', '/sellers/rep-ost-2')).toMatchObject(problem('rep-not-found', 404));
    expect((await ann.call('PUT', '/sellers/rep-ost-2', { body: {}, ifMatch: '*' })).status).toBe(403);
    const wrong = { body: { territories: ['mars'] }, ifMatch: '*' };
    expect(await operations.call('PUT', '/sellers/rep-ost-2', wrong)).toMatchObject(problem('territory-not-found', 422));

    const routing = await operations.call('GET', '/routing');
    const rules = routingView.parse(routing.body);
    expect([routing.etag, rules.rules.map((one) => one.id)]).toEqual(['"1"', ['large', 'market', 'abroad']]);
    const twice = { rules: [...rules.rules, ...rules.rules], queue: rules.queue };
    expect(await operations.call('PUT', '/routing', { body: twice, ifMatch: '"1"' })).toMatchObject(problem('duplicate-rule', 422));
    expect(await operations.call('PUT', '/routing', { body: { rules: [], queue: rules.queue }, ifMatch: '"0"' })).toMatchObject(
      problem('version-conflict', 412),
    );
  }, 60_000);

  it('assigns a lead by the rules, explains why, and skips absent reps', async () => {
    const large = await write({ email: 'ada@mills.example', company: 'Mills', country: 'Germany', employees: '900' });
    expect(large.owner?.repId).toMatch(/^rep-(ost|sued|west)-1$/);
    expect(large.routing.decision?.excluded).toContainEqual({
      repId: 'rep-nord-1',
      code: 'is-absent',
      words: expect.stringContaining('back on'),
    });
    expect(large.routing.sentences.join(' ')).toContain(
      'It was routed by the rule “Große Unternehmen” (version 1 of the rules): number of employees is at least 500',
    );
    const austrian = await write({ email: 'franz@saege.example', country: 'Österreich' });
    expect(austrian.owner?.repId).toMatch(/^rep-(sued|west)-/);
  }, 60_000);

  it('puts a lead without an eligible rep into a queue, where one rep picks it', async () => {
    const { queue, leadId } = await write({ email: 'someone@else.example' });
    expect(queue).toMatchObject({ queueId: 'inbox', reason: 'no-matching-rule' });
    const [first, second] = [await rep('rep-west-2'), await rep('rep-west-3')];
    const list = z.object({ items: z.array(z.looseObject({ leadId: z.string() })) });
    expect((await first.get(list, '/queues/inbox')).items.map((one) => one.leadId)).toEqual([leadId]);
    expect(await first.call('GET', '/queues/nowhere')).toMatchObject(problem('queue-not-found', 404));
    const { etag } = await first.call('GET', `/leads/${leadId}`);
    const picked = await first.send(leadHead, 'POST', `/leads/${leadId}/pick`, { body: {}, ifMatch: etag ?? '' });
    expect(picked.owner).toMatchObject({ repId: 'rep-west-2', reason: 'queue-picked' });
    expect(await second.call('POST', `/leads/${leadId}/pick`, { body: {}, ifMatch: '*' })).toMatchObject(problem('lead-not-found', 404));
    expect(await first.call('POST', `/leads/${leadId}/pick`, { body: {}, ifMatch: '*' })).toMatchObject(problem('lead-not-queued', 422));
  }, 60_000);

  it('takes open leads from a rep who becomes absent', async () => {
    const { owner, leadId } = await write({ email: 'eva@planks.example', country: 'DE' });
    const path = `/sellers/${owner?.repId}`;
    const [from, until] = [-1, 40].map((days) => new Date(Date.now() + days * 86_400_000).toISOString());
    await operations.send(sellerView, 'PUT', path, { body: { absences: [{ from, until }] }, ifMatch: '*' });
    await company.cloud.quiet();
    const after = await operations.get(leadDetail, `/leads/${leadId}`);
    expect([after.owner?.reason, after.owner?.repId === owner?.repId]).toEqual(['rotation', false]);
  }, 60_000);

  it('rehearses new rules before they are published', async () => {
    const { queue } = await operations.get(routingView, '/routing');
    const everybody = { id: 'all', name: 'All', when: { field: 'email', test: 'present' }, to: {} };
    const body = { document: { rules: [everybody], queue } };
    const said = await operations.send(routingRehearsal, 'POST', '/routing/rehearse', { body });
    expect(said).toMatchObject({ leads: 4, isComplete: true, active: { 'queue inbox': 1 } });
    expect(said.candidate['queue inbox']).toBeUndefined();
    const unknown = { document: { rules: [{ ...everybody, when: { field: 'mood', test: 'present' } }], queue } };
    expect(await operations.call('POST', '/routing/rehearse', { body: unknown })).toMatchObject(problem('field-not-found', 422));
  }, 60_000);
});
