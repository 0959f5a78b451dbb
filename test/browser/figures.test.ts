import { apiClient, everyPage } from '@meilenstein/demo/client/api-client';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { bootPageCompany, type PageCompany } from './page-company.ts';
import { hasChromium, launchChromium, signIn, type SignedInPage } from './signed-in-page.ts';

const money = z.object({ amount: z.string(), currency: z.string() });
const opportunity = z.object({
  opportunityId: z.string(),
  version: z.number(),
  amount: money.nullable(),
  reportingAmount: money.nullable(),
});
const grading = z.object({
  replayed: z.object({ horizons: z.array(z.object({ windows: z.number() })) }).nullable(),
});
const processes = z.object({ items: z.array(z.object({ processId: z.string() })) });

/** Minor units of an amount of the API. */
const cents = (amount: string): number => Math.round(Number(amount) * 100);
/** Minor units of an amount as a German page writes it to the cent, such as `1.234,50 €`. */
const written = (text: string): number => Number(text.replaceAll(/[^\d-]/g, ''));
const sum = (figures: readonly number[]): number => figures.reduce((all, one) => all + one, 0);

describe.skipIf(!hasChromium())('the figures of the page', () => {
  let company: PageCompany;
  let browser: Browser;

  beforeAll(async () => {
    company = await bootPageCompany({ leads: 12, opportunities: 60 });
    browser = await launchChromium();
  }, 240_000);

  afterAll(async () => {
    await browser.close();
    await company.end();
  });

  const operations = () => apiClient(company.cloud, 'operations', 'login-operations');
  const signedIn = (role: string): Promise<SignedInPage> => signIn(browser, company.cloud, company.personaOf(role));
  const openOpportunities = async () => everyPage(await operations(), opportunity, '/opportunities?status=open');
  const table = (page: Page, name: string | RegExp) => page.getByRole('table', { name });
  const shown = (page: Page, text: string | RegExp): Promise<void> => page.getByText(text).first().waitFor({ timeout: 20_000 });

  it('shows on the board what the list adds up to over the API, to the cent, and counts apart what has no amount', async () => {
    const { page, problems, open, close } = await signedIn('operations');
    const [process] = (await (await operations()).get(processes, '/processes')).items;
    for (const filter of ['', '&minAmount=50000']) {
      const all = await everyPage(await operations(), opportunity, `/opportunities?status=open&process=${process?.processId}${filter}`);
      const valued = all.flatMap(({ reportingAmount }) => (reportingAmount === null ? [] : [cents(reportingAmount.amount)]));
      expect(valued.length).toBeGreaterThan(0);
      await open(`/opportunities?process=${process?.processId}${filter}`);
      await shown(page, `${all.length} Chance`);
      const summary = page.locator('main p', { hasText: `${all.length} Chance` }).first();
      expect(written((await summary.locator('span[title]').first().getAttribute('title')) ?? '')).toBe(sum(valued));
      const columns = page.locator('main ol > li');
      const sums = await columns.locator('> div span[title]').evaluateAll((spans) => spans.map((span) => span.getAttribute('title') ?? ''));
      expect(sum(sums.map(written))).toBe(sum(valued));
      const missing = all.length - valued.length;
      expect((await summary.innerText()).includes('ohne Betrag')).toBe(missing > 0);
    }
    expect(problems).toEqual([]);
    await close();
  }, 120_000);

  it('keeps the filter from board to list', async () => {
    const { page, problems, open, close } = await signedIn('operations');
    await open('/opportunities?minAmount=20000&sort=largest');
    await page.getByText('Liste', { exact: true }).click();
    await page.waitForURL(/view=list/);
    expect(new URL(page.url()).search).toMatch(/minAmount=[^&]*20000/);
    expect(problems).toEqual([]);
    await close();
  }, 120_000);

  it('shows what somebody else changed within 20 s, asks nothing while it is hidden, and gets 304 where nothing has changed', async () => {
    const { page, problems, open, close } = await signedIn('operations');
    await page.clock.install();
    await open('/opportunities?view=list&sort=largest');
    const [first] = (await openOpportunities()).toSorted((a, b) => cents(b.amount?.amount ?? '0') - cents(a.amount?.amount ?? '0'));
    if (first === undefined) throw new Error('the company has no open opportunity');
    const rows = table(page, 'Chancen').locator('tbody tr[tabindex]');
    await rows.first().waitFor();
    const statuses: number[] = [];
    page.on('response', (response) => {
      if (new URL(response.url()).pathname === '/opportunities') statuses.push(response.status());
    });

    const unchanged = page.waitForResponse((response) => new URL(response.url()).pathname === '/opportunities');
    await page.clock.runFor(20_000);
    expect((await unchanged).status()).toBe(304);

    await (
      await operations()
    ).ask('POST', `/opportunities/${first.opportunityId}/amend`, {
      body: { amount: { amount: '987654.00', currency: 'EUR' }, confirm: true },
      ifMatch: `"${first.version}"`,
    });
    await page.clock.runFor(20_000);
    await shown(page, '987.654,00 €');
    expect(new Set(statuses)).toEqual(new Set([200, 304]));

    const hide = (state: 'hidden' | 'visible') =>
      page.evaluate((visibility) => {
        Object.defineProperty(document, 'visibilityState', { configurable: true, value: visibility });
        document.dispatchEvent(new Event('visibilitychange'));
      }, state);
    await hide('hidden');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.clock.runFor(300_000);
    expect(asked).toEqual([]);
    await hide('visible');
    await page.clock.runFor(20_000);
    await expect.poll(() => asked.length).toBeGreaterThan(0);
    expect(problems).toEqual([]);
    await close();
  }, 120_000);

  it('adds up the parts of a forecast on screen to the cent, and every part opens its opportunities', async () => {
    const { page, problems, open, close } = await signedIn('operations');
    await open('/forecast?window=quarter');
    const parts = table(page, 'Woraus die Erwartung besteht');
    await parts.waitFor();
    const amounts = await parts.locator('tbody tr td:last-child').allInnerTexts();
    expect(sum(amounts.map(written))).toBe(written(await parts.locator('tfoot td:last-child').innerText()));
    const links = parts.getByRole('link');
    const count = await links.count();
    expect(count).toBeGreaterThan(0);
    for (let n = 0; n < count; n += 1) {
      const line = parts.locator('tbody tr', { has: page.getByRole('link') }).nth(n);
      const expected = written(await line.locator('td:last-child').innerText());
      await links.nth(n).click();
      const sheet = page.getByRole('dialog');
      const behind = sheet.getByRole('table');
      await behind.waitFor();
      expect(sum((await behind.locator('tbody td:last-child').allInnerTexts()).map(written))).toBe(expected);
      expect(written(await behind.locator('tfoot td:last-child').innerText())).toBe(expected);
      await page.keyboard.press('Escape');
      await sheet.waitFor({ state: 'detached' });
    }
    expect(problems).toEqual([]);
    await close();
  }, 120_000);

  it('explains the difference since a day in seven parts that make it exactly, and claims no grade below eight windows', async () => {
    await company.cloud.runSchedule('meilenstein-dev-nightly-snapshot', new Date().toISOString());
    await (await operations()).ask('POST', '/forecasts/replays');
    await company.cloud.quiet();
    const { page, problems, open, close } = await signedIn('operations');
    await open('/forecast?window=quarter');
    const change = table(page, /Warum anders als am/);
    await change.waitFor({ timeout: 20_000 });
    const figures = (await change.locator('tbody tr td:last-child').allInnerTexts()).map(written);
    expect(figures).toHaveLength(9);
    expect(sum(figures.slice(0, 8))).toBe(figures[8]);
    const grades = table(page, 'Wie gut die Prognosen waren');
    await grades.waitFor({ timeout: 20_000 });
    for (const head of ['Weiter wie bisher', 'Feste Quoten', 'Schätzungen der Verkäufer'])
      expect(await grades.locator('thead').innerText()).toContain(head);
    const lines = grades.locator('tbody tr');
    const shownLines = await lines.evaluateAll((rows) =>
      rows.map((row) => ({ isMuted: row.hasAttribute('data-muted'), text: row.textContent ?? '' })),
    );
    const { replayed } = await (await operations()).get(grading, '/forecasts/grades?window=quarter');
    const graded = replayed?.horizons.filter(({ windows }) => windows > 0) ?? [];
    expect(shownLines.map(({ isMuted }) => !isMuted)).toEqual(graded.map(({ windows }) => windows >= 8));
    for (const { isMuted, text } of shownLines) expect(text.includes('noch keine Aussage')).toBe(isMuted);
    expect(problems).toEqual([]);
    await close();
  }, 120_000);

  it('saves a view, shows by a dot that it was changed, and overwrites none by saving a new one', async () => {
    const { page, problems, open, close } = await signedIn('operations');
    const views = page.getByRole('button', { name: /^Ansicht/ });
    const saveAsNew = async (name: string): Promise<void> => {
      await views.click();
      await page.getByRole('menuitem', { name: 'Als neue Ansicht speichern …' }).click();
      await page.getByLabel('Name', { exact: true }).fill(name);
      await page.getByRole('button', { name: 'Speichern', exact: true }).click();
      await page.getByRole('button', { name: `Ansicht „${name}“`, exact: true }).waitFor();
    };
    await open('/opportunities?view=list&sort=largest');
    await saveAsNew('Große');
    await open(`${new URL(page.url()).pathname.replace('/app', '')}${new URL(page.url()).search}&stalled=true`);
    await page.getByRole('button', { name: 'Ansicht „Große“, nicht gespeichert' }).waitFor();
    await saveAsNew('Stille');
    await views.click();
    await page.getByRole('menuitem', { name: 'Große' }).click();
    await page.getByRole('button', { name: 'Ansicht „Große“', exact: true }).waitFor();
    expect(new URL(page.url()).searchParams.has('stalled')).toBe(false);
    expect(problems).toEqual([]);
    await close();
  }, 120_000);
});
