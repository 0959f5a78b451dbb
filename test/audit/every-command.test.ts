import {
  allApis,
  forecastApi,
  leadsApi,
  pipelineApi,
  quotaApi,
  reportingApi,
  type Api,
  type AuditedCommit,
  type ServiceName,
} from '@meilenstein/contracts';
import { auditedForecast } from '@meilenstein/forecast/audited';
import { forecastInMemory } from '@meilenstein/forecast/testing/forecast-in-memory';
import { auditedLeads } from '@meilenstein/leads/audited';
import { emitEveryEvent } from '@meilenstein/leads/testing/every-event';
import { leadsInMemory } from '@meilenstein/leads/testing/leads-in-memory';
import { auditedPipeline } from '@meilenstein/pipeline/audited';
import { evidence, pipelineInMemory } from '@meilenstein/pipeline/testing/pipeline-in-memory';
import { auditedQuota } from '@meilenstein/quota/audited';
import { organisation, plan, quotaInMemory, settings } from '@meilenstein/quota/testing/quota-in-memory';
import { auditedReporting } from '@meilenstein/reporting/audited';
import { captureLead } from '@meilenstein/reporting/testing/example-events';
import { reportingInMemory } from '@meilenstein/reporting/testing/reporting-in-memory';
import type { AuditedService } from '@meilenstein/runtime';
import type { MemoryTable } from '@meilenstein/runtime/testing/memory-table';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { auditOf, commandsOf, disclosed, recordedCalls, type DoneCommand } from './recorded-calls.ts';

/** What stores nothing: its answer is all that there is. */
const changesNothing: Readonly<Record<string, string>> = {
  'POST /sources/{sourceId}/try': 'shows what a payload would become',
  'POST /search/leads': 'finds leads by a text',
  'POST /search/accounts': 'finds accounts and contacts by a text',
  'POST /search/opportunities': 'finds opportunities by a text',
  'POST /routing/rehearse': 'shows who would have received the leads of the last days',
  'POST /segments/preview': 'counts the leads that a segment would hold',
  'POST /points/rehearsal': 'shows the points that leads would have',
  'POST /qualification/rehearsal': 'shows the leads that would be qualified',
  'POST /forecasts/what-if': 'computes a forecast under other assumptions',
};

const always = { 'if-match': '*' };
const first = { 'if-none-match': '*' };
const opened = z.object({ opportunityId: z.string() });
const openedAccount = z.object({ accountId: z.string() });
const addedContact = z.object({ contactId: z.string() });
const responses = z.object({ responses: z.tuple([z.object({ responseId: z.string() })]) });
const quarantine = z.object({ items: z.array(z.looseObject({ submissionId: z.string() })) });

/** What a service was told to do, and what its audit says about it. */
type Told = {
  readonly api: Api;
  readonly table: MemoryTable;
  readonly done: readonly DoneCommand[];
  readonly secrets: ReadonlySet<string>;
  readonly aggregates: AuditedService['aggregates'];
  readonly audit: (query: Record<string, string>) => Promise<readonly AuditedCommit[]>;
};

const tellLeads = async (): Promise<Told> => {
  const leads = leadsInMemory();
  const { call, done, secrets } = recordedCalls(leads.call, leads.table);
  await emitEveryEvent({ ...leads, call });
  const source = await leads.register('html-form', { name: 'Trade fair' });
  const path = { sourceId: source.id };
  await call('POST /sources', { subject: 'marie', role: 'marketing', body: { name: 'Shop', provider: 'standard-webhooks' } });
  await call('PUT /sources/{sourceId}', { path, headers: always, body: { ...settingsOfForm, name: 'Trade fair 2027' } });
  const signed = await leads.register('standard-webhooks', { name: 'Shop' });
  await call('POST /sources/{sourceId}/secrets', { path: { sourceId: signed.id }, body: {} });
  await call('PUT /sources/{sourceId}/captcha', { path, body: { secret: 'a secret of the captcha' } });
  await leads.deliver(signed, 'broken', '{"name":"Wilhelmine Kanarienvogel"');
  await leads.settle();
  const [quarantined] = quarantine.parse((await leads.call('GET /submissions')).json).items;
  await call('POST /submissions/{submissionId}/purge', { path: { submissionId: quarantined?.submissionId ?? '' } });
  await leads.submit(source.id, { email: 'wilhelmine@canary.example', name: 'Wilhelmine Kanarienvogel', country: 'France' });
  await leads.settle();
  const waiting = leads.events().findLast((event) => event.name === 'LeadQueued')?.subject ?? '';
  const lead = { path: { leadId: waiting }, headers: always };
  await call('POST /leads/{leadId}/pick', { ...lead, role: 'rep', subject: 'login-bob', body: {} });
  await call('POST /leads/{leadId}/assign', { ...lead, role: 'manager', subject: 'login-boss', body: { repId: 'ann' } });
  await call('POST /leads/hand-over', { role: 'manager', subject: 'login-boss', body: { from: 'ann', to: 'bob' } });
  const { aggregates } = auditedLeads(leads.stores);
  return { api: leadsApi, table: leads.table, done, secrets, aggregates, audit: (query) => auditOf(leads.call, 'leads', query) };
};

const settingsOfForm = {
  mapping: {},
  redirects: [],
  honeypot: null,
  signature: null,
  minimumSeconds: null,
  captcha: false,
  limits: { source: null, network: null },
  consents: [],
  country: null,
};

const tellPipeline = async (): Promise<Told> => {
  const pipeline = await pipelineInMemory();
  const { call, done, secrets } = recordedCalls(pipeline.call, pipeline.table);
  const name = { de: 'Schritt', en: 'Step' };
  const milestones = [{ id: 'ordered', name, provenBy: ['wrote'] }];
  await call('PUT /processes/{processId}', { path: { processId: 'services' }, headers: first, body: { name, milestones } });
  const open = async () => {
    const body = { processId: 'machines', account: { id: 'acme', name: 'Acme' }, owner: 'ann' };
    return opened.parse((await call('POST /opportunities', { role: 'rep', subject: 'login-ann', body })).json).opportunityId;
  };
  const [won, lost] = [await open(), await open()];
  const at = (opportunityId: string) => ({ path: { opportunityId }, headers: always });
  await call('POST /opportunities/{opportunityId}/amend', { ...at(won), body: { amount: { amount: '90.00', currency: 'EUR' } } });
  const quote = 'Wilhelmine Kanarienvogel will bestellen';
  for (const [milestoneId, act] of [
    ['need-named', 'said'],
    ['plant-shown', 'did'],
    ['ordered', 'wrote'],
  ] as const)
    await call('POST /opportunities/{opportunityId}/milestones', {
      ...at(won),
      body: { milestoneId, evidence: evidence(act, { quote }) },
    });
  const milestone = (milestoneId: string) => ({ path: { opportunityId: won, milestoneId }, headers: always });
  const spoken = evidence('said', { quote: `${quote}, sagt er` });
  await call('POST /opportunities/{opportunityId}/milestones/{milestoneId}/correct', {
    ...milestone('need-named'),
    body: { reason: 'misunderstood', evidence: spoken },
  });
  await call('POST /opportunities/{opportunityId}/milestones/{milestoneId}/withdraw', {
    ...milestone('plant-shown'),
    body: { reason: 'wrong-entry' },
  });
  await call('POST /opportunities/{opportunityId}/order/correct', {
    ...at(won),
    body: { reason: 'wrong-entry', amount: { amount: '80.00', currency: 'EUR' } },
  });
  await call('POST /opportunities/{opportunityId}/cancel', { ...at(won), body: { reason: 'not-paid' } });
  const { act: _, ...response } = spoken;
  const responded = await call('POST /opportunities/{opportunityId}/responses', { ...at(lost), body: { kind: 'asked', ...response } });
  const [{ responseId }] = responses.parse(responded.json).responses;
  await call('POST /opportunities/{opportunityId}/responses/{responseId}/withdraw', {
    path: { opportunityId: lost, responseId },
    headers: always,
    body: { reason: 'wrong-opportunity' },
  });
  await call('POST /opportunities/{opportunityId}/lose', { ...at(lost), body: { reason: 'price' } });
  await call('POST /opportunities/{opportunityId}/reopen', { ...at(lost), body: { reason: 'customer-came-back' } });
  const [handed, given] = [await open(), await open()];
  await call('POST /opportunities/bulk/hand-over', { body: { owner: 'nora', opportunities: [{ opportunityId: handed, version: 1 }] } });
  await call('POST /opportunities/bulk/lose', { body: { reason: 'price', opportunities: [{ opportunityId: given, version: 1 }] } });
  await call('POST /opportunities/imports', { body: { system: 'old-crm' } });
  await open();
  await call('POST /opportunities/hand-over', { body: { from: 'ann', to: 'nora' } });
  const notes = { id: 'notes', name, type: 'text' };
  await call('PUT /account-fields', { headers: first, body: { fields: [notes] } });
  const openAccount = async (company: string) =>
    openedAccount.parse((await call('POST /accounts', { role: 'rep', subject: 'login-ann', body: { name: company } })).json).accountId;
  const [accountId, other] = [await openAccount('Byron Mills'), await openAccount('Byron Looms')];
  const account = { path: { accountId }, headers: always };
  await call('POST /accounts/{accountId}/amend', {
    ...account,
    body: { country: 'DE', fields: { notes: 'Wilhelmine Kanarienvogel fragen' } },
  });
  await call('POST /accounts/{accountId}/merge', { ...account, body: { other } });
  await call('POST /accounts/{accountId}/unmerge', { ...account, body: { absorbed: other } });
  const added = await call('POST /accounts/{accountId}/contacts', { path: { accountId }, body: { name: 'Wilhelmine Kanarienvogel' } });
  const contact = { path: { contactId: addedContact.parse(added.json).contactId } };
  await call('POST /contacts/{contactId}/amend', {
    ...contact,
    headers: always,
    body: { role: 'signs', email: 'wilhelmine@canary.example' },
  });
  await call('DELETE /contacts/{contactId}', contact);
  const { aggregates } = auditedPipeline(pipeline.stores);
  return {
    api: pipelineApi,
    table: pipeline.table,
    done,
    secrets,
    aggregates,
    audit: (query) => auditOf(pipeline.call, 'pipeline', query),
  };
};

const tellQuota = async (): Promise<Told> => {
  const quota = quotaInMemory();
  const { call, done, secrets } = recordedCalls(quota.call, quota.table);
  await call('PUT /settings', { headers: first, body: settings, subject: 'olga', role: 'operations' });
  await call('PUT /organisation', { headers: first, body: organisation });
  await call('PUT /plans/{planId}', { path: { planId: 'p' }, headers: first, body: plan });
  const lowered = plan.targets.map((target) => ({ ...target, annual: { amount: '1.00', currency: plan.currency } }));
  await call('PUT /plans/{planId}', {
    path: { planId: 'p' },
    headers: always,
    body: { ...plan, targets: lowered },
    subject: 'the-lowerer',
  });
  const view = { list: 'leads', name: 'Meine Leads', filter: { sort: 'due' } };
  await call('PUT /views/{viewId}', { path: { viewId: 'v' }, headers: first, body: view, subject: 'olga', role: 'operations' });
  await call('DELETE /views/{viewId}', { path: { viewId: 'v' }, headers: always, subject: 'olga', role: 'operations' });
  const { aggregates } = auditedQuota(quota.stores);
  return { api: quotaApi, table: quota.table, done, secrets, aggregates, audit: (query) => auditOf(quota.call, 'quota', query) };
};

const tellForecast = async (): Promise<Told> => {
  const forecast = await forecastInMemory(20);
  await forecast.setUp();
  const { call, done, secrets } = recordedCalls(forecast.call, forecast.table);
  await call('POST /forecasts/replays', {});
  const probabilities = [{ milestoneId: 'need', percent: 50 }];
  await call('PUT /forecasts/stage-probabilities/{processId}', {
    path: { processId: 'standard' },
    headers: first,
    body: { probabilities },
  });
  const amount = { amount: '5000.00', currency: 'EUR' };
  await call('POST /forecasts/judgements', {
    role: 'manager',
    subject: 'login-anna',
    body: { level: 'team', key: 'north', amount, reason: 'Wilhelmine Kanarienvogel told me so' },
  });
  const { aggregates } = auditedForecast(forecast);
  return {
    api: forecastApi,
    table: forecast.table,
    done,
    secrets,
    aggregates,
    audit: (query) => auditOf(forecast.call, 'forecast', query),
  };
};

const tellReporting = async (): Promise<Told> => {
  const reporting = await reportingInMemory();
  await reporting.receive(captureLead('fresh', { at: '2026-03-09T03:00:00.000Z' }));
  const { call, done, secrets } = recordedCalls(reporting.call, reporting.table);
  await call('POST /reports/{reportId}/runs', { role: 'finance', subject: 'fritz', path: { reportId: 'weekly' }, body: {} });
  const { aggregates } = auditedReporting(reporting.stores);
  return {
    api: reportingApi,
    table: reporting.table,
    done,
    secrets,
    aggregates,
    audit: (query) => auditOf(reporting.call, 'reporting', query),
  };
};

const tellers = { leads: tellLeads, pipeline: tellPipeline, quota: tellQuota, forecast: tellForecast, reporting: tellReporting };
const services: readonly ServiceName[] = ['leads', 'pipeline', 'quota', 'forecast', 'reporting'];

describe.each(services)('the audit of %s', (service) => {
  let told: Told;
  let commits: readonly AuditedCommit[];

  const prefixOf = (partition: string): string => partition.slice(0, partition.indexOf('#'));

  /** All that is audited, aggregate by aggregate. */
  const everything = async (): Promise<readonly AuditedCommit[]> => {
    const partitions = [...new Set(told.table.commits().map(({ pk }) => pk))];
    const kinds = new Map(Object.entries(told.aggregates).map(([kind, { prefix }]) => [prefix, kind]));
    const asked = partitions.map((pk) => told.audit({ aggregate: `${kinds.get(prefixOf(pk))}:${pk.slice(pk.indexOf('#') + 1)}` }));
    return (await Promise.all(asked)).flat();
  };

  beforeAll(async () => {
    told = await tellers[service]();
    commits = (await Promise.all([...new Set(told.done.map(({ subject }) => subject))].map((subject) => told.audit({ subject })))).flat();
  });

  it('is tested with every command of the service', () => {
    const done = new Set(told.done.map(({ route }) => route));
    const missing = commandsOf(told.api).filter((route) => !done.has(route) && changesNothing[route] === undefined);
    expect(missing).toEqual([]);
  });

  it('names, for every command, the caller, the request, and each changed value before and after', () => {
    const silent = told.done.filter(({ route, subject, requestId }) => {
      const found = commits.filter((one) => one.requestId === requestId);
      const isNamed = found.some(({ actor }) => actor.kind === 'caller' && actor.subject === subject && actor.roles.length === 1);
      const isChange = found.some(({ events }) => events.some(({ changes }) => changes.length > 0));
      return changesNothing[route] === undefined && !(isNamed && isChange);
    });
    expect(silent).toEqual([]);
  });

  it('has a sentence for every event', () => {
    expect(commits.flatMap(({ events }) => events.filter(({ name, sentence }) => sentence === name || !sentence.endsWith('.')))).toEqual(
      [],
    );
  });

  it('knows every kind of aggregate that has a history', () => {
    const known = new Set(Object.values(told.aggregates).map(({ prefix }) => prefix));
    expect([...new Set(told.table.commits().map(({ pk }) => prefixOf(pk)))].filter((prefix) => !known.has(prefix))).toEqual([]);
  });

  it('discloses nothing confidential, whether the person still exists or was erased', async () => {
    const all = await everything();
    expect(all.length).toBe(told.table.commits().length);
    // Only reporting knows nothing confidential; and what is shown would be found.
    expect(told.secrets.size > 0).toBe(service !== 'reporting');
    expect(disclosed(all, new Set(['request-1']), told.table)).toEqual(['request-1']);
    expect(disclosed(all, told.secrets, told.table)).toEqual([]);
    expect(JSON.stringify(all)).not.toMatch(/Kanarienvogel|@[a-z0-9]+\.example/);
  });
});

describe('each command that is listed as changing nothing', () => {
  it('exists in an API', () => {
    const known = allApis.flatMap(commandsOf);
    expect(Object.keys(changesNothing).filter((route) => !known.includes(route))).toEqual([]);
  });
});

describe('a target that was lowered', () => {
  it('shows who did it, and the value before and after', async () => {
    const { audit } = await tellQuota();
    const [found] = (await audit({ subject: 'the-lowerer' })).filter(({ aggregate }) => aggregate.id === 'target-p-team-north');
    expect(found?.events[0]?.changes).toContainEqual({ path: '/months/0', from: 5000, to: 9 });
  });
});
