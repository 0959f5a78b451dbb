import {
  attainmentView,
  auditedCommit,
  contactView,
  leadHead,
  pageOf,
  reconciliationView,
  runView,
  serviceNames,
} from '@meilenstein/contracts';
import { instant, repId } from '@meilenstein/kernel';
import { deriveId } from '@meilenstein/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { advance, deliver, leadsOf, quarantinedOf, registerSource, submitForm, type Source } from '@meilenstein/demo/steps/new-business';
import { importRows } from '@meilenstein/demo/steps/import-rows';
import { refoldDifferences } from '../demo/refold.ts';
import { apiClient, type ApiClient } from '@meilenstein/demo/client/api-client';
import { bootSmallCompany, type SmallCompany } from '../journey/small-company.ts';
import { everythingKept, tracesOf } from './everything-kept.ts';

const person = { name: 'Wilhelmine Kanarienvogel', email: 'w.kanarienvogel@canary.example', phone: '+49 30 5557778' };
/** Everything by which somebody could find her: her words too. */
const words = ['Wilhelmine', 'Kanarienvogel', person.email, person.phone, '5557778', 'zwitschern'];

const consents = [{ purpose: 'newsletter', textVersion: '2026-01', path: 'newsletter', doubleOptIn: true }];

let company: SmallCompany;
let staff: { readonly marketing: ApiClient; readonly operations: ApiClient; readonly finance: ApiClient };
let sources: readonly [webhook: Source, form: Source];

beforeAll(async () => {
  company = await bootSmallCompany();
  const { cloud } = company;
  const [marketing, operations, finance] = await Promise.all([
    apiClient(cloud, 'marketing', 'm'),
    apiClient(cloud, 'operations', 'o'),
    apiClient(cloud, 'finance', 'f'),
  ]);
  staff = { marketing, operations, finance };
  sources = [
    await registerSource(marketing, 'Trade fair', 'standard-webhooks'),
    await registerSource(marketing, 'Newsletter', 'html-form', { consents }),
  ];
}, 120_000);

afterAll(async () => {
  await company.end();
});

const figures = async () => {
  const { finance, marketing } = staff;
  const today = new Date().toISOString().slice(0, 10);
  const attained = await finance.get(attainmentView, `/attainment?node=company&period=${today.slice(0, 7)}`);
  const run = await finance.send(runView, 'POST', '/reports/week-so-far/runs', { body: {} });
  const reconciliations = await Promise.all(
    sources.map(({ sourceId }) => marketing.get(reconciliationView, `/sources/${sourceId}/reconciliation?day=${today}`)),
  );
  return {
    achieved: attained.achieved,
    totals: run.manifest.files.map((file) => file.controlTotals),
    received: reconciliations.map((one) => one.received),
  };
};

describe('a person who is erased in the local cloud', () => {
  it('was stored in submissions, quarantine, an import, a lead, a consent, a contact and the quotes of an opportunity', async () => {
    const { cloud } = company;
    const { operations } = staff;
    const [webhook, form] = sources;
    await deliver(cloud, webhook, 'd1', { ...person, company: 'Vogelhaus GmbH', message: 'Ich möchte zwitschern' });
    // Whichever of two submissions at a time is read first makes the lead; this one shall.
    await cloud.quiet();
    await submitForm(cloud, form, { ...person, newsletter: 'on', message: 'Noch einmal zwitschern' });
    await deliver(cloud, webhook, 'broken', `{"name":"${person.name}","email":"${person.email}"`);
    await importRows(cloud, operations, {
      kind: 'leads',
      rows: [
        {
          kind: 'lead',
          externalId: 'L-1',
          occurredAt: instant.parse('2025-06-01T08:00:00Z'),
          owner: repId.parse('rep-ost-1'),
          person: { ...person },
        },
      ],
    });
    await cloud.quiet();
    const [lead] = await leadsOf(operations, [webhook]);
    const owner = lead?.owner?.repId ?? '';
    const rep = await apiClient(cloud, 'rep', `login-${owner}`);
    const { etag } = await rep.call('GET', `/leads/${lead?.leadId}`);
    const { opportunityId } = await rep.send(leadHead, 'POST', `/leads/${lead?.leadId}/convert`, { body: {}, ifMatch: etag ?? '' });
    await cloud.quiet();
    await advance(cloud, opportunityId ?? '', owner, { milestones: 5, amount: '48000.00', quote: `${person.name} will zwitschern` });
    await cloud.quiet();
    // The rep completes the contact that she became, by hand.
    const contact = {
      path: `/contacts/${deriveId('contact', 'lead', lead?.leadId ?? '')}/amend`,
      body: { name: person.name, email: person.email },
    };
    await rep.send(contactView, 'POST', contact.path, { body: contact.body, ifMatch: '*' });
    await cloud.quiet();
    const traces = tracesOf(words, await everythingKept(cloud)).join('\n');
    expect(traces).toMatch(/table leads: LEAD#\S+ \/ STATE/);
    expect(traces).toMatch(/table leads: LEAD#\S+ \/ CONFIDENTIAL/);
    expect(traces).toMatch(/table leads: SUBMISSION#\S+ \/ RAW/);
    expect(traces).toMatch(/table pipeline: OPPORTUNITY#\S+ \/ CONFIDENTIAL/);
    expect(traces).toMatch(/table pipeline: CONTACT#\S+ \/ CONFIDENTIAL/);
    expect(traces).toMatch(/table pipeline: CONTACT#\S+ \/ STATE/);
    expect(await quarantinedOf(staff.marketing, webhook)).toHaveLength(1);
    // What may be published never named her, not even before.
    expect(traces).not.toMatch(/COMMIT|queue|archives|logs|reports|table (quota|forecast|reporting)/);
  }, 120_000);

  it('is nowhere afterwards, even when her deliveries and the request to erase are repeated; the figures stay', async () => {
    const { cloud } = company;
    const { operations } = staff;
    const [webhook, form] = sources;
    const before = await figures();
    const leads = await leadsOf(operations, [webhook]);
    expect(leads).toHaveLength(1);
    for (const { leadId } of leads) expect((await operations.call('DELETE', `/leads/${leadId}`)).status).toBe(202);
    await cloud.quiet();
    await deliver(cloud, webhook, 'd1', { ...person, company: 'Vogelhaus GmbH', message: 'Ich möchte zwitschern' });
    await submitForm(cloud, form, { ...person, newsletter: 'on', message: 'Noch einmal zwitschern' });
    for (const { leadId } of leads) await operations.call('DELETE', `/leads/${leadId}`);
    await cloud.quiet();
    expect(tracesOf(words, await everythingKept(cloud))).toEqual([]);
    const after = await figures();
    expect(after).toEqual(before);
    expect((await refoldDifferences(cloud)).flatMap((one) => one.different)).toEqual([]);
  }, 120_000);

  it('is in no audit, in none of its formats; it still says who ordered the erasure', async () => {
    const admin = await apiClient(company.cloud, 'admin', 'a');
    const audit = pageOf(auditedCommit);
    const { items } = await admin.get(audit, '/audit/leads?subject=o');
    const erased = items.find(({ events }) => events.some(({ name }) => name === 'LeadErased'));
    expect(erased).toMatchObject({ actor: { kind: 'caller', subject: 'o', roles: ['operations'] } });
    const ofLead = `/audit/leads?aggregate=lead:${erased?.aggregate.id}`;
    const created = (await admin.get(audit, ofLead)).items.at(-1);
    expect([created?.actor.kind, created?.events[0]?.name]).toEqual(['event', 'LeadCaptured']);
    const pages = [
      ofLead,
      `${ofLead}&format=csv`,
      ...serviceNames.flatMap((name) => [`/audit/${name}?limit=100`, `/audit/${name}?format=csv`]),
    ];
    const answers = await Promise.all(pages.map((page) => admin.ask('GET', page)));
    expect(answers.map(({ status }) => status)).toEqual(pages.map(() => 200));
    expect(answers.filter(({ headers }) => headers.get('content-type')?.startsWith('text/csv'))).toHaveLength(6);
    expect(
      tracesOf(
        words,
        answers.map(({ text }, index) => ({ where: pages[index] ?? '', text })),
      ),
    ).toEqual([]);
  }, 120_000);
});
