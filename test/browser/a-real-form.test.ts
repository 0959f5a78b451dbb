import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceView, trialView } from '@meilenstein/contracts';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { leadsOf, quarantinedOf, registerSource, type Source } from '@meilenstein/demo/steps/new-business';
import { apiClient, type ApiClient } from '@meilenstein/demo/client/api-client';
import { bootSmallCompany, type SmallCompany } from '../journey/small-company.ts';
import { chromiumFlags, chromiumPath, contactPage, webPages } from './web-page.ts';

if (chromiumPath === undefined)
  console.log('The tests of a real browser are skipped: install Chromium (apt install chromium) or set CHROMIUM.');

describe.skipIf(chromiumPath === undefined)('a form on a real web page', () => {
  let company: SmallCompany;
  let site: Awaited<ReturnType<typeof webPages>>;
  let browser: Browser;
  let marketing: ApiClient;
  let operations: ApiClient;
  let source: Source;

  beforeAll(async () => {
    company = await bootSmallCompany();
    browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: chromiumFlags });
    site = await webPages({ '/danke': '<h1>Danke!</h1>' });
    [marketing, operations] = [await apiClient(company.cloud, 'marketing', 'm'), await apiClient(company.cloud, 'operations', 'o')];
    const consents = [{ purpose: 'newsletter', textVersion: '2026-01', path: 'newsletter', doubleOptIn: true }];
    source = await registerSource(marketing, 'Contact page', 'html-form', {
      honeypot: 'website',
      redirects: [`${site.url}/danke`],
      consents,
    });
    site.set('/kontakt', contactPage(`${company.cloud.apiUrl}${source.path}`));
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    await site.stop();
    await company.end();
  });

  const fillIn = async (fields: Readonly<Record<string, string>>, about: { readonly newsletter?: boolean } = {}): Promise<Page> => {
    const page = await browser.newPage();
    await page.goto(`${site.url}/kontakt`);
    for (const [label, text] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(text);
    if (about.newsletter === true) await page.getByLabel('Schreiben Sie mir').check();
    await page.getByRole('button', { name: 'Absenden' }).click();
    await page.waitForURL(`${site.url}/danke`);
    await company.cloud.quiet();
    return page;
  };

  it('becomes a lead when a visitor sends it, and leads to a thank-you page whose URL contains no personal data', async () => {
    const page = await fillIn({
      Name: 'Zoë Müller',
      'E-Mail': 'zoe@muster.example',
      Firma: 'Muster & Söhne',
      'Ihre Frage': 'Was kostet’s? 🚜',
    });
    expect(page.url()).toBe(`${site.url}/danke`);
    expect(await page.getByRole('heading').textContent()).toBe('Danke!');
    await page.close();
    const [lead] = await leadsOf(operations, [source]);
    expect(lead?.person).toEqual({
      name: 'Zoë Müller',
      email: 'zoe@muster.example',
      company: 'Muster & Söhne',
      message: 'Was kostet’s? 🚜',
    });
    expect(lead?.owner?.repId).toMatch(/^rep-/);
  }, 60_000);

  it('asks a visitor who wants e-mails to confirm by one click behind the link of an e-mail', async () => {
    await (await fillIn({ Name: 'Ute', 'E-Mail': 'ute@muster.example' }, { newsletter: true })).close();
    const mails = readFileSync(join(company.cloud.dataFolder, 'mails', 'mails.txt'), 'utf8');
    const link = /http\S+\/consents\/[\w-]+$/m.exec(mails)?.[0] ?? '';
    const page = await browser.newPage();
    await page.goto(link);
    await page.getByRole('button', { name: 'Yes, confirm' }).click();
    expect(await page.getByRole('heading').textContent()).toBe('Vielen Dank. Ihre Einwilligung ist bestätigt.');
    await page.close();
    const lead = (await leadsOf(operations, [source])).find((one) => one.person.email === 'ute@muster.example');
    const detail = await operations.get(
      z.looseObject({ consents: z.array(z.looseObject({ purpose: z.string(), status: z.string() })) }),
      `/leads/${lead?.leadId}`,
    );
    expect(detail.consents).toMatchObject([{ purpose: 'newsletter', status: 'given' }]);
  }, 60_000);

  it('loses no lead by a wrong mapping, and the test of a payload says what to change', async () => {
    const path = `/sources/${source.sourceId}`;
    const configure = async (mapping: Readonly<Record<string, string>>): Promise<void> => {
      const { etag, body } = await marketing.call('GET', path);
      const {
        sourceId: _id,
        provider: _provider,
        settingsVersion: _version,
        webhookPath: _path,
        secretFrom: _from,
        secretNumber: _number,
        ...settings
      } = sourceView.parse(body);
      await marketing.send(sourceView, 'PUT', path, { body: { ...settings, mapping }, ifMatch: etag ?? '' });
    };
    await configure({ 'e-mail': 'email', name: 'name' });
    await (await fillIn({ Name: 'Kim', 'E-Mail': 'kim@muster.example' })).close();
    const [kept] = await quarantinedOf(marketing, source);
    expect(kept?.reason).toBe('email-and-phone-missing');
    const payload = new URLSearchParams({ name: 'Kim', mail: 'kim@muster.example' }).toString();
    const tried = await marketing.send(trialView, 'POST', `${path}/try`, {
      body: { body: payload, contentType: 'application/x-www-form-urlencoded' },
    });
    expect(tried.explanation.map((line) => `${line.path}: ${line.result}`)).toEqual(
      expect.arrayContaining(['e-mail: there is nothing at this path', 'mail: is not mapped; to use it as email, map "mail" to "email"']),
    );
    await configure({ mail: 'email', name: 'name' });
    await marketing.call('POST', `/submissions/${kept?.submissionId}/release`);
    await company.cloud.quiet();
    expect((await leadsOf(operations, [source])).map((lead) => lead.person.email)).toContain('kim@muster.example');
  }, 60_000);
});
