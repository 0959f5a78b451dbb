import { forecastSubscriptions, pipelineSubscriptions, quotaSubscriptions, reportingSubscriptions } from '@meilenstein/contracts';
import type { Envelope } from '@meilenstein/contracts';
import { forecastHttp } from '@meilenstein/forecast/forecasts/http/forecast-api';
import { onCompanyChanged as forecastOnCompany } from '@meilenstein/forecast/pipeline-view/events/on-company-changed';
import { onPipelineEvent } from '@meilenstein/forecast/pipeline-view/events/on-pipeline-event';
import { forecastStores } from '@meilenstein/forecast/stores';
import { onTargetsSet } from '@meilenstein/forecast/targets/events/on-targets-set';
import { epochMillis, toInstant } from '@meilenstein/kernel';
import { onCompanyChanged as pipelineOnCompany } from '@meilenstein/pipeline/opportunities/events/on-company-changed';
import { onAccountChanged } from '@meilenstein/pipeline/accounts/events/on-account-changed';
import { onSegmentsPublished } from '@meilenstein/pipeline/opportunities/events/on-segments-published';
import { onDwellMeasured } from '@meilenstein/pipeline/board/events/on-dwell-measured';
import { onLeadConverted } from '@meilenstein/pipeline/opportunities/events/on-lead-converted';
import { onLeadErased } from '@meilenstein/pipeline/opportunities/events/on-lead-erased';
import { pipelineApi } from '@meilenstein/pipeline/opportunities/http/pipeline-api';
import { pipelineStores } from '@meilenstein/pipeline/stores';
import { commandRoute } from '@meilenstein/pipeline/testing/pipeline-in-memory';
import { onOrder } from '@meilenstein/quota/credits/events/on-order';
import { quotaApi } from '@meilenstein/quota/organisation/http/quota-api';
import { quotaStores } from '@meilenstein/quota/stores';
import { onCompanyChanged as reportingOnCompany } from '@meilenstein/reporting/facts/events/on-company-changed';
import { onFact } from '@meilenstein/reporting/facts/events/on-fact';
import { reportingApi } from '@meilenstein/reporting/reports/http/reporting-api';
import { reportingStores, withReports } from '@meilenstein/reporting/stores';
import { importJob } from '@meilenstein/runtime';
import { batchOf, callOf, inMemory, receiversOf, type Call } from '@meilenstein/runtime/testing/in-memory';
import { memoryBucket } from '@meilenstein/runtime/testing/memory-bucket';
import { expect } from 'vitest';
import * as z from 'zod';

export type Who = Pick<Call, 'role' | 'subject'>;
export const operations: Who = { role: 'operations', subject: 'login-operations' };
export const finance: Who = { role: 'finance', subject: 'login-finance' };
export const repNamed = (id: string): Who => ({ role: 'rep', subject: `login-${id}` });
export const managerNamed = (id: string): Who => ({ role: 'manager', subject: `login-${id}` });

const member = (repId: string, teamId: string, role: 'rep' | 'manager', since: string) => ({
  repId,
  repCode: repId,
  name: `Name of ${repId}`,
  role,
  loginSubject: `login-${repId}`,
  memberships: [{ teamId, effectiveFrom: since }],
  leavesOn: null,
});
const team = (teamId: string, manager: string, effectiveFrom: string) => ({
  teamId,
  name: `Team ${teamId}`,
  managers: [manager],
  effectiveFrom,
});

/** Teams South (anna, boris) and West (wanda), each with a manager. */
export const organisationSince = (since: string) => ({
  teams: [team('south', 'sofia', since), team('west', 'willi', since)],
  reps: [
    member('anna', 'south', 'rep', since),
    member('boris', 'south', 'rep', since),
    member('sofia', 'south', 'manager', since),
    member('wanda', 'west', 'rep', since),
    member('willi', 'west', 'manager', since),
  ],
});
export type OrganisationDocument = ReturnType<typeof organisationSince>;

/** The document with other values for one rep. */
export const withRep = (document: OrganisationDocument, id: string, about: object) => ({
  ...document,
  reps: document.reps.map((rep) => (rep.repId === id ? { ...rep, ...about } : rep)),
});

export const settings = {
  zone: 'Europe/Berlin',
  reportingCurrency: 'EUR',
  calendar: { kind: 'months', startMonth: 1 },
  calendarEffectiveFrom: '2024-01-01',
  holidays: {},
  rates: [],
};

const name = { de: 'Schritt', en: 'Step' };
const process = {
  name,
  milestones: [
    { id: 'need-named', name, provenBy: ['said', 'wrote'] },
    { id: 'ordered', name, provenBy: ['wrote'] },
  ],
};

const opened = z.object({ opportunityId: z.string() });

/** Quota, pipeline, forecast and reporting in one process, joined by their events; a company with two teams since the beginning of 2025. */
export const sellingCompany = async (start: string, organisation: object = organisationSince('2025-01-01')) => {
  const [quota, pipeline, forecast, reporting] = [inMemory(start), inMemory(start), inMemory(start), inMemory(start)];
  const machines = [quota, pipeline, forecast, reporting];
  const bucket = memoryBucket(pipeline.clock);
  const reportBucket = memoryBucket(reporting.clock);
  const quotaDeps = { ...quota, stores: quotaStores(quota) };
  const pipelineDeps = { ...pipeline, stores: pipelineStores(pipeline), imports: importJob({ ...pipeline, bucket }) };
  const forecastDeps = { ...forecast, ...forecastStores(forecast) };
  const reportingDeps = { ...reporting, stores: withReports(reportingStores(reporting), reportBucket) };
  const ignore = async () => ({ batchItemFailures: [] });
  const receivers = [
    receiversOf(quotaSubscriptions, { 'on-order': onOrder(quotaDeps, quota.consumer) }),
    receiversOf(pipelineSubscriptions, {
      'on-company-changed': pipelineOnCompany(pipelineDeps, pipeline.consumer),
      'on-lead-converted': onLeadConverted(pipelineDeps, pipeline.consumer),
      'on-lead-erased': onLeadErased(pipelineDeps, pipeline.consumer),
      'on-dwell-measured': onDwellMeasured(pipelineDeps, pipeline.consumer),
      'on-account-changed': onAccountChanged(pipelineDeps, pipeline.consumer),
      'on-segments-published': onSegmentsPublished(pipelineDeps, pipeline.consumer),
    }),
    receiversOf(forecastSubscriptions, {
      'on-company-changed': forecastOnCompany(forecastDeps, forecast.consumer),
      'on-pipeline-event': onPipelineEvent(forecastDeps, forecast.consumer),
      'on-replay-requested': ignore,
      'on-targets-set': onTargetsSet(forecastDeps, forecast.consumer),
    }),
    receiversOf(reportingSubscriptions, {
      'on-company-changed': reportingOnCompany(reportingDeps, reporting.consumer),
      'on-fact': onFact(reportingDeps, reporting.consumer),
    }),
  ];
  const delivered = new Set<string>();
  /** delivers events until nothing follows from them any more */
  const deliver = async (): Promise<void> => {
    const all: readonly Envelope[] = machines.flatMap((machine) => machine.events());
    const fresh = all.filter(({ id }) => !delivered.has(id));
    if (fresh.length === 0) return;
    for (const event of fresh) {
      delivered.add(event.id);
      for (const receive of receivers.flatMap((of) => of(event.name)))
        expect(await receive(batchOf(event))).toEqual({ batchItemFailures: [] });
    }
    return deliver();
  };
  const calls = {
    quota: callOf(quotaApi(quotaDeps)),
    pipeline: callOf(pipelineApi(pipelineDeps)),
    forecast: callOf(forecastHttp(forecastDeps)),
    reporting: callOf(reportingApi(reportingDeps)),
  };
  const call = async (service: keyof typeof calls, route: string, about: Call = {}) => {
    const answer = await calls[service](route, about);
    await deliver();
    return answer;
  };
  const put = async (route: 'organisation' | 'settings', body: unknown) => {
    const { etag } = await calls.quota(`GET /${route}`);
    return call('quota', `PUT /${route}`, { body, headers: etag === '' ? { 'if-none-match': '*' } : { 'if-match': etag }, ...operations });
  };
  const etagOf = async (id: string): Promise<string> =>
    (await calls.pipeline('GET /opportunities/{opportunityId}', { path: { opportunityId: id } })).etag;
  const command = async (id: string, verb: string, body: unknown, who: Who = operations) =>
    call('pipeline', commandRoute(verb).route, {
      path: { opportunityId: id, ...commandRoute(verb).path },
      body,
      headers: { 'if-match': await etagOf(id) },
      ...who,
    });
  const company = {
    deliver,
    call,
    put,
    command,
    events: () => machines.flatMap((machine) => machine.events()),
    /** sets the clock of every service */
    at: (then: string): void => {
      for (const machine of machines) machine.move(epochMillis(toInstant(then)) - epochMillis(machine.clock.now()));
    },
    /** lets time go by in every service */
    pass: (millis: number): void => {
      for (const machine of machines) machine.move(millis);
    },
    /** opens an opportunity */
    open: async (owner: string, about: object = {}, who: Who = operations): Promise<string> => {
      const body = { processId: 'machines', account: { id: 'acme', name: 'Acme' }, owner, ...about };
      return opened.parse((await call('pipeline', 'POST /opportunities', { body, ...who })).json).opportunityId;
    },
    /** the customer orders */
    order: (id: string, occurredAt: string, amount: string, about: object = {}) =>
      command(id, 'milestones', {
        milestoneId: 'ordered',
        evidence: { act: 'wrote', by: { party: 'customer', role: 'buyer' }, occurredAt, channel: 'email' },
        amount: { amount, currency: 'EUR' },
        ...about,
      }),
    plan: (body: object, ifMatch?: string) =>
      call('quota', 'PUT /plans/{planId}', {
        path: { planId: 'sales' },
        body,
        headers: ifMatch === undefined ? { 'if-none-match': '*' } : { 'if-match': ifMatch },
        ...operations,
      }),
    attainment: async (node: string, period: string) =>
      (await call('quota', 'GET /attainment', { query: { node, period }, ...finance })).json,
    forecast: async (level: string, key: string, window = 'month') =>
      (await call('forecast', 'GET /forecasts', { query: { level, key, window }, ...finance })).json,
    opportunities: async (who: Who, query: Record<string, string> = {}) =>
      (await call('pipeline', 'GET /opportunities', { query, ...who })).json,
    reportFile: (match: string): string => {
      const key = [...reportBucket.objects.keys()].toSorted().findLast((one) => one.includes(match)) ?? '';
      return Buffer.from(reportBucket.objects.get(key) ?? []).toString('utf8');
    },
  };
  expect((await put('settings', settings)).status).toBe(200);
  expect((await put('organisation', organisation)).status).toBe(200);
  const published = await call('pipeline', 'PUT /processes/{processId}', {
    path: { processId: 'machines' },
    body: process,
    headers: { 'if-none-match': '*' },
    ...operations,
  });
  expect(published.status).toBe(200);
  return company;
};
