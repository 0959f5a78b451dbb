import { runMonday } from '@meilenstein/demo/steps/run-schedule';
import { dayOf, instant, timeZone } from '@meilenstein/kernel';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allEvents, attainmentView, forecastView, leadHead, opportunityView, runView } from '@meilenstein/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { advance, deliver, leadsOf, registerSource } from '@meilenstein/demo/steps/new-business';
import { reconciliationBalances, filesMatchManifest } from '@meilenstein/demo/run/invariants';
import { newestRun } from '@meilenstein/demo/steps/newest-run';
import { historyOf, itemsOf, refoldDifferences } from '../demo/refold.ts';
import { everyPage, apiClient } from '@meilenstein/demo/client/api-client';
import { personalIn } from '../contracts/published-samples.ts';
import { bootSmallCompany, type SmallCompany } from './small-company.ts';

const canary = {
  name: 'Kanaria Vogelsang',
  email: 'kanaria.vogelsang@canary-vogel.example',
  phone: '+49 30 5557778',
  company: 'Vogelsang Volieren GmbH',
  country: 'DE',
};
const services = ['leads', 'pipeline', 'quota', 'forecast', 'reporting'];
const keysOf = (value: unknown): readonly string[] => (typeof value === 'object' && value !== null ? Object.keys(value) : []);

/** What a sample shows and an event says only where it is so: no rate was withdrawn here. */
const onlySometimes = new Set(['RatesPublished withdrawn']);

let company: SmallCompany;

beforeAll(async () => {
  company = await bootSmallCompany(undefined, 'processes');
});

afterAll(async () => {
  await company.end();
});

describe('the whole path of a lead over the local cloud', () => {
  it('leads from a signed form to a line in a KPI file', async () => {
    const { cloud } = company;
    const [marketing, operations, finance] = [
      await apiClient(cloud, 'marketing', 'm'),
      await apiClient(cloud, 'operations', 'o'),
      await apiClient(cloud, 'finance', 'f'),
    ];
    const source = await registerSource(marketing, 'Contact form', 'standard-webhooks');

    // 1–3. Intake stores it, the relay and the bus carry it, and the same delivery again changes nothing.
    const first = await deliver(cloud, source, 'delivery-1', canary);
    const again = await deliver(cloud, source, 'delivery-1', canary);
    expect([first.status, again.body]).toEqual([202, first.body]);
    await cloud.quiet();

    // 4–5. One person, one lead, with an owner.
    const [lead, ...others] = await leadsOf(operations, [source]);
    expect(others).toEqual([]);
    const owner = lead?.owner?.repId ?? '';
    expect(lead).toMatchObject({ status: 'mql', person: { email: canary.email }, score: 65, grade: 'B' });
    expect(owner).toMatch(/^rep-/);

    // 6. Converted, it is an opportunity of its owner; it moves on evidence as far as the order.
    const rep = await apiClient(cloud, 'rep', `login-${owner}`);
    const { etag } = await rep.call('GET', `/leads/${lead?.leadId}`);
    const { opportunityId } = await rep.send(leadHead, 'POST', `/leads/${lead?.leadId}/convert`, { body: {}, ifMatch: etag ?? '' });
    await cloud.quiet();
    const path = `/opportunities/${opportunityId}`;
    const opened = await rep.call('GET', path);
    const ours = { act: 'said', by: { party: 'us', role: 'rep' }, occurredAt: new Date().toISOString(), channel: 'call' };
    const refusal = async (evidence: unknown) =>
      (
        await rep.call('POST', `${path}/milestones`, {
          body: { milestoneId: 'need-named', ...(evidence === undefined ? {} : { evidence }) },
          ifMatch: opened.etag ?? '',
        })
      ).body;
    expect(await refusal(undefined)).toMatchObject({ status: 422, type: 'urn:meilenstein:problem:evidence-missing' });
    expect(await refusal(ours)).toMatchObject({ status: 422, type: 'urn:meilenstein:problem:evidence-not-from-customer' });
    const before = await finance.get(forecastView, '/forecasts');
    const won = await advance(cloud, opportunityId ?? '', owner, { milestones: 5, amount: '48000.00' });
    expect(won).toMatchObject({ status: 'won', order: { amount: { amount: '48000.00', currency: 'EUR' } } });
    await cloud.quiet();

    // 7. The order is credited, the forecast reconciliations it.
    const month = dayOf(instant.parse(won.order?.orderedAt), timeZone.parse('Europe/Berlin')).slice(0, 7);
    const mine = await rep.get(attainmentView, `/attainment?node=rep:${owner}&period=${month}`);
    const all = await finance.get(attainmentView, `/attainment?node=company&period=${month}`);
    expect([mine.achieved.amount, all.achieved.amount]).toEqual(['48000.00', '48000.00']);
    const after = await finance.get(forecastView, '/forecasts');
    expect([before.booked.amount, after.booked.amount]).toEqual(['0.00', '48000.00']);

    // 8. The report has the line, and its bytes are those of the manifest.
    const run = await finance.send(runView, 'POST', '/reports/week-so-far/runs', { body: {} });
    expect(run.manifest.files[0]?.controlTotals).toMatchObject({ leads: 1, revenue: 4_800_000 });
    expect(filesMatchManifest(cloud, run).holds).toBe(true);
    const link = await finance.get(z.object({ url: z.url() }), `/runs/${run.runId}/files/company.csv`);
    const bytes = Buffer.from(await (await fetch(link.url)).arrayBuffer());
    const csv = bytes.toString('utf8');
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(run.manifest.files[0]?.sha256);
    expect(csv).toContain('revenue,3,Umsatz,Revenue,company,company,,,48000.00,,48000.00,EUR,');

    // The same run over the same facts is the same version; Monday's report of the week before is empty but there.
    expect((await finance.send(runView, 'POST', '/reports/week-so-far/runs', { body: {} })).runId).toBe(run.runId);
    expect((await runMonday(cloud, Date.now())).manifest.files).toHaveLength(3);

    // What is true when all is quiet.
    const today = dayOf(instant.parse(new Date().toISOString()), timeZone.parse('Europe/Berlin'));
    expect((await reconciliationBalances(cloud, [source], [today])).filter((one) => !one.holds)).toEqual([]);
    expect((await refoldDifferences(cloud)).flatMap((one) => one.different)).toEqual([]);
    expect((await everyPage(operations, opportunityView, '/opportunities?status=won')).length).toBe(1);
  }, 120_000);

  it('leaves no name, e-mail or phone number in an event, a log line or a report', async () => {
    const { cloud } = company;
    const [source] = [await registerSource(await apiClient(cloud, 'marketing', 'm'), 'Canary form', 'standard-webhooks')];
    await deliver(cloud, source, 'canary', { ...canary, message: `Call ${canary.name}` });
    await deliver(cloud, source, 'canary-broken', `{"name":"${canary.name}","email":"${canary.email}"`);
    await cloud.quiet();
    const finance = await apiClient(cloud, 'finance', 'f');
    const again = await finance.send(runView, 'POST', '/reports/week-so-far/runs', { body: {} });
    // What was published before stays, and whoever asks for the newest gets this one.
    expect([again.version > 1, (await newestRun(finance, 'week-so-far'))?.runId]).toEqual([true, again.runId]);
    const events = (await Promise.all(services.map((service) => itemsOf(cloud, service)))).flatMap(historyOf);
    expect(events.length).toBeGreaterThan(50);
    const logs = readdirSync(cloud.logsFolder).map((file) => [file, readFileSync(join(cloud.logsFolder, file), 'utf8')] as const);
    const reports = cloud.bucketFolder('meilenstein-dev-000000000000-eu-central-1-reports');
    const files = readdirSync(reports, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), 'utf8')] as const);
    expect(files.length).toBeGreaterThan(3);
    const texts = [['events', JSON.stringify(events)] as const, ...logs, ...files];
    const traces = [canary.name, canary.email, canary.phone, '5557778', 'Kanaria'];
    const found = texts.flatMap(([where, text]) =>
      [...traces.filter((trace) => text.includes(trace)), personalIn(text) ?? []].flat().map((trace) => `${where}: ${trace}`),
    );
    expect(found).toEqual([]);
  }, 60_000);

  it('emits its events as their published samples do', async () => {
    const events = (await Promise.all(services.map((service) => itemsOf(company.cloud, service)))).flatMap(historyOf);
    const samples = join(import.meta.dirname, '..', '..', 'packages', 'contracts', 'samples');
    const said = new Map(events.map((event) => [`${event.name}.v${event.version}`, event]));
    const different = allEvents.flatMap((definition) => {
      const event = said.get(`${definition.name}.v${definition.version}`);
      const sample = z
        .object({ data: z.unknown() })
        .parse(JSON.parse(readFileSync(join(samples, `${definition.name}.v${definition.version}.json`), 'utf8')));
      // What was added since is optional; what the sample has is still there.
      return event === undefined ||
        keysOf(sample.data).every((key) => keysOf(event.data).includes(key) || onlySometimes.has(`${definition.name} ${key}`))
        ? []
        : [definition.name];
    });
    expect(said.size).toBeGreaterThan(15);
    expect(different).toEqual([]);
  });
});
