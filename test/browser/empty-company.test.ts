import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootEmptyCompany, type PageCompany } from './page-company.ts';
import { hasChromium, launchChromium, signIn } from './signed-in-page.ts';

describe.skipIf(!hasChromium())('an admin of an empty company', () => {
  let company: PageCompany;
  let browser: Browser;

  beforeAll(async () => {
    company = await bootEmptyCompany();
    browser = await launchChromium();
  }, 240_000);

  afterAll(async () => {
    await browser.close();
    await company.end();
  });

  const shows = (page: Page, text: string): Promise<void> => page.getByText(text).first().waitFor({ timeout: 20_000 });

  /** Reviews the document on screen, saves it, and follows the way to the next step. */
  const saveAndGoOn = async (page: Page, next: string): Promise<void> => {
    await page.getByRole('button', { name: 'Prüfen und speichern' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Speichern', exact: true }).click();
    await page.getByRole('link', { name: `Weiter: ${next}` }).click();
    await page.getByRole('heading', { level: 1, name: next }).waitFor({ timeout: 20_000 });
  };

  it('sets it up through the page, step by step, until the first lead is there', async () => {
    const { page, problems, open, close } = await signIn(browser, company.cloud, company.personaOf('admin'));
    await page.getByRole('link', { name: 'Einrichten: Einstellungen' }).click();
    await page.getByLabel('Zeitzone').selectOption('Europe/Berlin');
    await saveAndGoOn(page, 'Organisation');

    await page.getByRole('button', { name: 'Team hinzufügen' }).click();
    await page.getByLabel('Name').fill('Vertrieb Süd');
    await page.getByRole('button', { name: 'Übernehmen' }).click();
    await page.getByRole('button', { name: 'Person hinzufügen' }).click();
    await page.getByLabel('Name').fill('Anna Nord');
    await page.getByLabel('Kürzel').fill('V1');
    await page.getByLabel('Anmeldung').fill('login-anna');
    await page.getByRole('button', { name: 'Übernehmen' }).click();
    await saveAndGoOn(page, 'Vertriebsprozess');

    await shows(page, 'Angebot besprochen');
    await saveAndGoOn(page, 'Vertriebsplan');
    await saveAndGoOn(page, 'Quelle');

    await page.getByRole('button', { name: 'Quelle anlegen' }).first().click();
    await page.getByLabel('Name').fill('Kontaktseite');
    await page.getByRole('button', { name: 'Anlegen', exact: true }).click();
    await page.waitForURL(/\/sources\/\w+$/);
    await shows(page, '<form method="post"');
    const { origin, pathname } = new URL(page.url());
    const visit = new URLSearchParams({ name: 'Kim', email: 'kim@muster.example', message: 'Was kostet es?' });
    await fetch(`${origin}/webhooks/${pathname.split('/').at(-1)}`, { method: 'POST', body: visit });
    await company.cloud.quiet();

    await open('/setup');
    await shows(page, 'Alles ist eingerichtet.');
    await open('/leads');
    await shows(page, 'Kim');
    await shows(page, 'Anna Nord');
    expect(problems).toEqual([]);
    await close();
  }, 120_000);
});
