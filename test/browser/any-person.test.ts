import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharedPageCompany, type PageCompany } from './page-company.ts';
import { hasChromium, launchChromium, signIn } from './signed-in-page.ts';

describe.skipIf(!hasChromium())('anybody with the page', () => {
  let company: PageCompany;
  let browser: Browser;

  beforeAll(async () => {
    company = await sharedPageCompany();
    browser = await launchChromium();
  }, 240_000);

  afterAll(() => browser.close());

  it('is told whose a screen is that is not for their role, and reads the same of records that do not exist or are not theirs', async () => {
    const { page, open, close } = await signIn(browser, company.cloud, company.personaOf('rep'));
    await open('/setup');
    await page.getByRole('heading', { name: 'Dieser Bereich gehört nicht zu Ihrer Rolle' }).first().waitFor();
    await open('/nowhere');
    await page.getByRole('heading', { name: 'Nicht gefunden' }).first().waitFor();
    await open('/opportunities/opp-of-nobody');
    const refusal = page.locator('main').getByText(/nicht gefunden|gibt es nicht|nichts/i);
    await refusal.first().waitFor();
    expect(await refusal.count()).toBeGreaterThan(0);
    await close();
  }, 60_000);

  it('goes offline and back: what is shown stays, and says of when it is', async () => {
    const { page, context, open, close } = await signIn(browser, company.cloud, company.personaOf('rep'));
    await open('/opportunities?view=list');
    await page.getByRole('heading', { level: 1, name: 'Chancen' }).waitFor();
    await context.setOffline(true);
    await page.getByText('Keine Verbindung. Was Sie sehen, ist der letzte Stand').waitFor();
    expect(await page.getByRole('heading', { level: 1, name: 'Chancen' }).isVisible()).toBe(true);
    await context.setOffline(false);
    await page.getByText('Keine Verbindung. Was Sie sehen').waitFor({ state: 'detached' });
    await close();
  }, 60_000);

  it('changes the language without a reload, and no German word of the interface is left', async () => {
    const { page, open, close } = await signIn(browser, company.cloud, company.personaOf('rep'));
    await open('/account');
    await page.evaluate(() => document.body.setAttribute('data-same-page', 'yes'));
    await page.getByRole('radio', { name: 'English' }).click();
    await page.getByRole('heading', { level: 1, name: 'Account' }).waitFor();
    expect(await page.evaluate(() => [document.body.dataset['samePage'], document.documentElement.lang])).toEqual(['yes', 'en']);
    expect(await page.locator('nav').first().innerText()).not.toMatch(/Heute|Chancen|Prognose|Ziele|Abmelden/);
    await close();
  }, 60_000);

  it('sees the company’s day in Los Angeles', async () => {
    const there = await signIn(browser, company.cloud, company.personaOf('rep'), { zone: 'America/Los_Angeles' });
    const here = await signIn(browser, company.cloud, company.personaOf('rep'));
    const today = async ({ page, open }: typeof here): Promise<string> => {
      await open('/today');
      await page.getByRole('heading', { level: 1, name: 'Heute' }).waitFor();
      return (
        await page
          .getByText(/^\d{2}\.\d{2}\.\d{4}$/)
          .first()
          .innerText()
      ).trim();
    };
    expect(await today(there)).toBe(await today(here));
    await Promise.all([there.close(), here.close()]);
  }, 60_000);

  it('signs out in one tab, and the other one shows nothing any more that it had read', async () => {
    const { page, context, open, close } = await signIn(browser, company.cloud, company.personaOf('rep'));
    await open('/today');
    const other = await context.newPage();
    await other.goto(`${new URL(company.cloud.pageUrl).origin}/app/opportunities`);
    await other.getByRole('heading', { level: 1, name: 'Chancen' }).waitFor();
    await page.getByRole('button', { name: 'Abmelden' }).click();
    await other.getByRole('dialog').getByRole('heading', { name: 'Sie sind abgemeldet' }).waitFor();
    expect(await other.evaluate(() => Object.keys(sessionStorage))).toEqual([]);
    await close();
  }, 60_000);

  it('gets a 404 for a file of the page that is not there, and a problem document for an unknown path of the API', async () => {
    const { origin } = new URL(company.cloud.pageUrl);
    const [asset, route, api] = await Promise.all([
      fetch(`${origin}/app/assets/no-such-file.js`),
      fetch(`${origin}/app/opportunities/opp-1`),
      fetch(`${origin}/no-such-path`),
    ]);
    expect(asset.status).toBe(404);
    expect(asset.headers.get('content-type')).not.toContain('text/html');
    expect([route.status, route.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
    expect([api.status, api.headers.get('content-type')]).toEqual([404, expect.stringContaining('application/problem+json')]);
  });

  it('finds nothing on a narrow screen that is wider than it, down to 320 pixels', async () => {
    const { page, open, close } = await signIn(browser, company.cloud, company.personaOf('rep'), { width: 390 });
    await page.setViewportSize({ width: 320, height: 640 });
    for (const path of ['/today', '/leads', '/opportunities', '/opportunities?view=list', '/forecast', '/targets', '/leaks', '/account']) {
      await open(path);
      await page.waitForLoadState('networkidle');
      const tooWide = await page.evaluate(() => {
        const { clientWidth, scrollWidth } = document.documentElement;
        if (scrollWidth <= clientWidth) return [];
        return [...document.querySelectorAll<HTMLElement>('main *')]
          .filter((one) => one.getBoundingClientRect().right > clientWidth + 1)
          .map((one) => `${one.tagName} .${one.className}: ${one.innerText.slice(0, 40)}`)
          .slice(0, 5);
      });
      expect([path, tooWide]).toEqual([path, []]);
    }
    await close();
  }, 90_000);

  it('reaches everything on a phone with a thumb: 44 pixels each', async () => {
    const { page, open, close } = await signIn(browser, company.cloud, company.personaOf('rep'), { width: 390 });
    for (const path of ['/today', '/opportunities']) {
      await open(path);
      await page.waitForLoadState('networkidle');
      const small = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('main button, nav a, nav button')]
          .filter((one) => one.offsetParent !== null && getComputedStyle(one).visibility !== 'hidden')
          .map((one) => ({ name: one.innerText || one.getAttribute('aria-label'), ...one.getBoundingClientRect().toJSON() }))
          .filter(({ width, height }) => width > 1 && height > 1 && (width < 43.9 || height < 43.9))
          .map(({ name, width, height }) => `${name}: ${Math.round(width)} × ${Math.round(height)}`),
      );
      expect([path, small]).toEqual([path, []]);
    }
    await close();
  }, 60_000);
});
