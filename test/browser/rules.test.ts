import type { Browser, Page } from 'playwright-core';
import { apiClient, type ApiClient } from '@meilenstein/demo/client/api-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { tabTo, typeByKeyboard } from './keyboard.ts';
import { sharedPageCompany, type PageCompany } from './page-company.ts';
import { hasChromium, launchChromium, signIn } from './signed-in-page.ts';

const rule = z.looseObject({ id: z.string(), points: z.int() });
const table = z.looseObject({
  version: z.int(),
  fit: z.array(rule),
  engagement: z.array(z.unknown()),
  grades: z.record(z.string(), z.int()),
});

describe.skipIf(!hasChromium())('operations, who publish rules through the page', () => {
  let company: PageCompany;
  let browser: Browser;
  let operations: ApiClient;

  beforeAll(async () => {
    company = await sharedPageCompany();
    browser = await launchChromium();
    operations = await apiClient(company.cloud, 'operations', 'login-operations');
  }, 240_000);

  afterAll(async () => {
    await browser.close();
  });

  const points = () => operations.get(table, '/points');
  const pointsOf = async (id: string): Promise<number | undefined> => (await points()).fit.find((each) => each.id === id)?.points;
  const shows = (page: Page, text: string): Promise<void> => page.getByText(text).first().waitFor({ timeout: 30_000 });
  const publishing = (page: Page) => page.getByRole('button', { name: 'Veröffentlichen' }).first();

  /** Somebody else changes one rule while the page is open. */
  const publishElsewhere = async (id: string, worth: number): Promise<void> => {
    const { version, fit, engagement, grades } = await points();
    const changed = fit.map((each) => (each.id === id ? { ...each, points: worth } : each));
    const answer = await operations.call('PUT', '/points', { body: { fit: changed, engagement, grades }, ifMatch: `"${version}"` });
    expect(answer.status).toBe(200);
  };

  const editPoints = async (page: Page, title: string, worth: string): Promise<void> => {
    await page.getByRole('button', { name: title }).first().click();
    await page.getByLabel('Punkte', { exact: true }).fill(worth);
    await page.keyboard.press('Tab');
  };

  const confirm = async (page: Page): Promise<void> => {
    await publishing(page).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByLabel('Bestätigung').fill('Punkte');
    await sheet.getByRole('button', { name: 'Veröffentlichen' }).click();
  };

  it('cannot publish points without a rehearsal of exactly this candidate, and publish them after it', async () => {
    const { page, problems, open, close } = await signIn(browser, company.cloud, company.personaOf('operations'));
    await open('/rules');
    await shows(page, 'Entwurf');
    await editPoints(page, 'Telefonnummer ist bekannt', '40');
    await shows(page, 'Eine Änderung');
    expect(await publishing(page).isDisabled()).toBe(true);

    await page.getByRole('button', { name: 'Entwurf proben' }).click();
    await shows(page, 'Leads der letzten 30 Tage würden anders behandelt');
    expect(await publishing(page).isDisabled()).toBe(false);
    await page.getByLabel('Punkte', { exact: true }).fill('41');
    await page.keyboard.press('Tab');
    expect(await publishing(page).isDisabled()).toBe(true);

    await page.getByRole('button', { name: 'Entwurf proben' }).click();
    await page.getByText('Geprobt', { exact: true }).waitFor();
    await confirm(page);
    await shows(page, 'Veröffentlicht: Punkte');
    expect(await pointsOf('has-phone')).toBe(41);
    expect(problems).toEqual([]);
    await close();
  }, 120_000);

  it('see a stale candidate beside what was published, and the picks are what is stored', async () => {
    const { page, problems, open, close } = await signIn(browser, company.cloud, company.personaOf('operations'));
    await open('/rules');
    await shows(page, 'Entwurf');
    await editPoints(page, 'Telefonnummer ist bekannt', '12');
    await page.getByRole('button', { name: 'Entwurf proben' }).click();
    await page.getByText('Geprobt', { exact: true }).waitFor();
    await publishElsewhere('has-phone', 33);
    await publishElsewhere('names-company', 17);
    await confirm(page);

    await shows(page, 'Jemand hat inzwischen veröffentlicht');
    const take = page.getByRole('button', { name: 'Auswahl in den Entwurf übernehmen' });
    expect(await take.isDisabled()).toBe(true);
    await page
      .getByRole('group', { name: /Telefonnummer/ })
      .getByLabel(/Ihr Entwurf/)
      .check();
    await take.click();
    expect(await pointsOf('has-phone')).toBe(33);

    await page.getByRole('button', { name: 'Entwurf proben' }).click();
    await page.getByText('Geprobt', { exact: true }).waitFor();
    await confirm(page);
    await shows(page, 'Veröffentlicht: Punkte');
    expect([await pointsOf('has-phone'), await pointsOf('names-company')]).toEqual([12, 17]);
    // The refused publication is what this journey is about; nothing else went wrong.
    expect(problems).toEqual([]);
    await close();
  }, 120_000);

  it('do the same without a mouse', async () => {
    const { page, problems, open, close } = await signIn(browser, company.cloud, company.personaOf('operations'));
    await open('/today');
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await shows(page, 'Entwurf');
    // What is in force has a line of the same words; the one of the candidate is beside its menu, and names the points too.
    await tabTo(page, 'Weiteres zu Firma ist bekannt');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await typeByKeyboard(page, 'Punkte', '19');
    await page.keyboard.press('Tab');
    await shows(page, 'Eine Änderung');
    await tabTo(page, 'Entwurf proben');
    await page.keyboard.press('p');
    await page.getByText('Geprobt', { exact: true }).waitFor();
    await page.keyboard.press('v');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('Punkte');
    await page.keyboard.press('Enter');
    await shows(page, 'Veröffentlicht: Punkte');
    expect(await pointsOf('names-company')).toBe(19);
    expect(problems).toEqual([]);
    await close();
  }, 120_000);
});
