import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { comparisonView, kpiView, leadDetail, runView, serviceLevelReportView, taskView } from '@meilenstein/contracts';
import { addMillis, dayOf, timeZone, toInstant } from '@meilenstein/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { leadsOf, registerSource, submitForm, type Source } from '@meilenstein/demo/steps/new-business';
import { volumeCommitment, serviceLevel, setUpCommitments, welcomeSequence } from '@meilenstein/demo/company/commitments';
import { historyOf, itemsOf, refoldDifferences } from '../demo/refold.ts';
import { apiClient, type ApiClient } from '@meilenstein/demo/client/api-client';
import { bootSmallCompany, type SmallCompany } from './small-company.ts';

const day = 86_400_000;
const now = toInstant(Date.now());
const berlin = timeZone.parse('Europe/Berlin');
const month = dayOf(now, berlin).slice(0, 7);
const consents = [{ purpose: 'newsletter', textVersion: '2026-01', path: 'newsletter', doubleOptIn: false }];
const problem = (code: string, status: number) => ({ status, body: { type: `urn:meilenstein:problem:${code}`, status } });
const tasks = z.object({ items: z.array(taskView) });

let company: SmallCompany;
let operations: ApiClient;
let marketing: ApiClient;
let form: Source;

beforeAll(async () => {
  company = await bootSmallCompany();
  operations = await apiClient(company.cloud, 'operations', 'login-operations');
  marketing = await apiClient(company.cloud, 'marketing', 'm');
  await setUpCommitments(company.cloud, operations, now);
  form = await registerSource(marketing, 'Contact page', 'html-form', { consents });
});

afterAll(async () => {
  await company.end();
});

/** Somebody fills in the form; the lead, and an API client for its owner. */
const write = async (email: string, fields: Readonly<Record<string, string>> = {}) => {
  await submitForm(company.cloud, form, { email, country: 'DE', company: 'Mills GmbH', ...fields });
  await company.cloud.quiet();
  const found = (await leadsOf(operations, [form])).find((lead) => lead.person.email === email);
  const detail = () => operations.get(leadDetail, `/leads/${found?.leadId}`);
  const owner = await apiClient(company.cloud, 'rep', `login-${found?.owner?.repId}`);
  const send = async (who: ApiClient, route: string, body: unknown = {}, ifMatch?: string) =>
    who.call('POST', `/leads/${found?.leadId}/${route}`, {
      body,
      ifMatch: ifMatch ?? (await who.call('GET', `/leads/${found?.leadId}`)).etag ?? '"0"',
    });
  return { leadId: found?.leadId ?? '', owner, detail, send };
};

const sweepAt = (at: string) => company.cloud.runSchedule('meilenstein-dev-sweep-due', at);
const eventsOf = async (leadId: string) => historyOf(await itemsOf(company.cloud, 'leads')).filter((event) => event.subject === leadId);
const mails = (): string =>
  readdirSync(company.cloud.dataFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.parentPath.includes('mails'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');

describe('service levels and volume commitments, through the API of the local cloud', () => {
  it('are published and read, and an invalid one is refused with its code', async () => {
    const levels = await operations.call('GET', '/service-levels');
    expect([levels.etag, levels.body]).toEqual(['"1"', { version: 1, levels: [serviceLevel] }]);
    const put = (who: ApiClient, path: string, body: unknown, ifMatch = '"1"') => who.call('PUT', path, { body, ifMatch });
    expect(await put(operations, '/service-levels', { levels: [{ ...serviceLevel, region: 'MARS' }] })).toMatchObject(
      problem('region-not-found', 422),
    );
    expect(await put(operations, '/service-levels', { levels: [] }, '"0"')).toMatchObject(problem('version-conflict', 412));
    expect((await put(marketing, '/service-levels', { levels: [] })).status).toBe(403);

    expect((await marketing.call('GET', `/volume-commitments/${month}`)).body).toEqual({
      month,
      version: 1,
      commitments: [volumeCommitment],
    });
    expect(await put(marketing, '/volume-commitments/2020-01', { commitments: [] }, '"0"')).toMatchObject(problem('month-ended', 422));
    const moon = { commitments: [{ ...volumeCommitment, segmentId: 'moon' }] };
    expect(await put(marketing, `/volume-commitments/${month}`, moon)).toMatchObject(problem('segment-not-found', 422));

    expect((await marketing.call('GET', '/follow-up-sequences')).body).toEqual({ version: 1, sequences: [welcomeSequence] });
    const unconsented = { sequences: [{ ...welcomeSequence, purpose: null }] };
    expect(await put(marketing, '/follow-up-sequences', unconsented)).toMatchObject(problem('purpose-missing', 422));
    expect(comparisonView.parse((await marketing.call('GET', '/follow-up-sequences/welcome/comparison')).body).verdict).toBe('not-decided');
    expect(await marketing.call('GET', '/follow-up-sequences/nothing/comparison')).toMatchObject(problem('sequence-not-found', 404));
  }, 60_000);

  it('count an unanswered lead as missed and escalate it, and only the due check changes it', async () => {
    const { leadId, owner, detail } = await write('never@mills.example');
    const { serviceLevel } = await detail();
    expect(serviceLevel).toMatchObject({ state: 'running', levelId: 'within-the-hour' });
    expect(serviceLevel?.summary).toMatch(
      /^Binnen einer Stunde: answer by \d{1,2} \w+ \d{4}, \d\d:\d\d \(Europe\/Berlin\), \d+ working minutes left\.$/,
    );
    const before = await eventsOf(leadId);
    const later = addMillis(serviceLevel?.dueAt ?? now, day);
    await sweepAt(later);
    await sweepAt(later);
    await company.cloud.quiet();
    const since = (await eventsOf(leadId)).slice(before.length);
    expect(since.map((event) => event.name).filter((name) => name !== 'FollowUpStepTaken')).toEqual([
      'LeadServiceLevelMissed',
      'LeadEscalated',
      'LeadEscalated',
    ]);
    expect(since.find((event) => event.name === 'LeadServiceLevelMissed')?.occurredAt).toBe(serviceLevel?.dueAt);
    const kinds = (await owner.get(tasks, '/tasks')).items.filter((one) => one.leadId === leadId).map((one) => one.kind);
    expect(kinds.toSorted()).toEqual(['escalation', 'follow-up']);
  }, 60_000);

  it('let a rep answer, pause and resume, and refuse a forbidden or late command with a reason', async () => {
    const { owner, send, detail } = await write('ada@mills.example');
    const stranger = await apiClient(company.cloud, 'rep', 'login-nobody');
    const answered = { channel: 'call' };
    expect(await send(stranger, 'answer', answered, '*')).toMatchObject(problem('lead-not-found', 404));
    // Until the customer answers a plan runs; after that there is nothing to resume.
    expect((await send(owner, 'resume')).status).toBe(200);
    expect((await detail()).followUp?.stopped).toMatchObject({ reason: 'answered' });
    expect(await send(owner, 'resume')).toMatchObject(problem('service-level-not-paused', 422));
    expect((await send(owner, 'wait')).status).toBe(200);
    expect((await detail()).serviceLevel).toMatchObject({ state: 'waiting-for-customer', dueAt: null });
    expect(await send(owner, 'wait')).toMatchObject(problem('service-level-paused', 422));
    expect((await send(owner, 'resume')).status).toBe(200);
    expect(await send(owner, 'answer', { ...answered, automatic: true })).toMatchObject(problem('automatic-answer', 422));
    expect(await send(owner, 'answer', { ...answered, at: '2030-01-01T00:00:00Z' })).toMatchObject(problem('time-in-future', 422));
    expect(await send(owner, 'answer', answered, '"1"')).toMatchObject(problem('version-conflict', 412));
    expect((await send(owner, 'answer', answered)).status).toBe(200);
    expect(await detail()).toMatchObject({
      status: expect.stringMatching(/working|mql/),
      serviceLevel: { state: 'answered', minutesLeft: null },
    });
    expect(await send(owner, 'wait')).toMatchObject(problem('lead-answered', 422));
  }, 60_000);

  it('let follow-ups write only to people with consent when due, and let a task be done once', async () => {
    const agreed = await write('agreed@mills.example', { newsletter: 'on' });
    await write('not-asked@mills.example');
    await sweepAt(addMillis(now, 3 * day));
    await company.cloud.quiet();
    const sent = mails();
    expect(sent).toMatch(/Ihre Anfrage|Wann dürfen wir Sie anrufen/);
    expect([sent.includes('agreed@mills.example'), sent.includes('not-asked@mills.example')]).toEqual([true, false]);
    const [task] = (await agreed.owner.get(tasks, '/tasks')).items.filter(
      (one) => one.leadId === agreed.leadId && one.kind === 'follow-up',
    );
    expect(task?.title).toBe('Anrufen und fragen, was das Werk braucht');
    const done = (who: ApiClient, id = task?.taskId ?? '') => who.call('POST', `/tasks/${id}/done`, { body: {} });
    expect(await done(await apiClient(company.cloud, 'rep', 'login-nobody'))).toMatchObject(problem('task-not-found', 404));
    expect(await done(agreed.owner)).toMatchObject({ status: 200, body: { doneAt: expect.any(String) } });
    expect(await done(agreed.owner)).toMatchObject({ status: 200 });
    expect((await agreed.owner.get(tasks, '/tasks')).items.some((one) => one.taskId === task?.taskId)).toBe(false);
  }, 60_000);

  it('appear in one service-level report, and in the weekly report', async () => {
    const manager = await apiClient(company.cloud, 'manager', 'login-nobody');
    const dueMonths = [month, dayOf(addMillis(now, 5 * day), berlin).slice(0, 7)];
    const ledgers = await Promise.all(
      [...new Set(dueMonths)].map((one) => marketing.get(serviceLevelReportView, `/service-level-report?month=${one}`)),
    );
    // Nobody's hour has passed yet.
    expect(ledgers.map((one) => one.sales.due)).toEqual(ledgers.map(() => 0));
    expect(ledgers[0]?.marketing[0]).toMatchObject({ stage: 'mql', committed: 40 });
    expect(ledgers[0]?.sales.speed.answered).toBe(1);
    expect((await manager.get(serviceLevelReportView, `/service-level-report?month=${month}`)).sales.due).toBe(0);
    expect((await marketing.call('GET', '/service-level-report?month=March')).status).toBe(400);
    expect(
      (await (await apiClient(company.cloud, 'rep', 'login-rep-ost-1')).call('GET', `/service-level-report?month=${month}`)).status,
    ).toBe(403);

    const finance = await apiClient(company.cloud, 'finance', 'f');
    const kpis = (await finance.get(z.object({ items: z.array(kpiView) }), '/kpis')).items.map((one) => one.id);
    expect(kpis).toEqual(
      expect.arrayContaining(['service-level-compliance', 'speed-to-lead-median', 'speed-to-lead-p90', 'marketing-volume']),
    );
    const run = await finance.send(runView, 'POST', '/reports/week-so-far/runs', { body: {} });
    expect(run.manifest.files[0]?.controlTotals['speed-to-lead-median']).toBeGreaterThan(0);
    expect(await refoldDifferences(company.cloud).then((views) => views.flatMap((one) => one.different))).toEqual([]);
  }, 60_000);
});
