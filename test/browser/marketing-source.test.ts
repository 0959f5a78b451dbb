import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pressByKeyboard, tabTo, typeByKeyboard } from './keyboard.ts';
import { sharedPageCompany, type PageCompany } from './page-company.ts';
import { hasChromium, launchChromium, signIn } from './signed-in-page.ts';

describe.skipIf(!hasChromium())('marketing, who works a source through the page', () => {
  let company: PageCompany;
  let browser: Browser;

  beforeAll(async () => {
    company = await sharedPageCompany();
    browser = await launchChromium();
  }, 240_000);

  afterAll(async () => {
    await browser.close();
  });

  /** A visitor sends the form, with names of fields that nobody expects. */
  const visit = async (page: Page, email: string): Promise<void> => {
    const { origin, pathname } = new URL(page.url());
    const sourceId = pathname.split('/').at(-1) ?? '';
    const answer = await fetch(`${origin}/webhooks/${sourceId}`, {
      method: 'POST',
      body: new URLSearchParams({ wer: 'Kim', kontakt: email }),
    });
    expect(answer.status).toBe(202);
    await company.cloud.quiet();
  };

  const shows = (page: Page, text: string): Promise<void> => page.getByText(text).first().waitFor({ timeout: 20_000 });

  it('sees a quarantined submission become a lead after trial and release, and the books close', async () => {
    const { page, problems, open, close } = await signIn(browser, company.cloud, company.personaOf('marketing'));
    await page.getByRole('button', { name: 'Quelle anlegen' }).first().click();
    await page.getByLabel('Name').fill('Kontaktseite');
    await page.getByRole('button', { name: 'Anlegen', exact: true }).click();
    await page.waitForURL(/\/sources\/\w+$/);
    await shows(page, '<form method="post"');
    await visit(page, 'kim@muster.example');

    await open('/sources');
    await page.getByRole('button', { name: 'Ansehen' }).click();
    await page.getByRole('button', { name: 'Probieren' }).click();
    await shows(page, 'Das käme in Quarantäne: Weder E-Mail noch Telefon.');
    await page.getByRole('link', { name: 'Zuordnung ändern' }).click();
    await page.getByLabel('„kontakt“ wird zu').selectOption('email');
    await shows(page, 'Daraus würde ein Lead.');
    await page.getByRole('button', { name: 'Zuordnung speichern' }).click();
    await page.getByRole('button', { name: 'So speichern' }).click();
    await shows(page, 'Gespeichert.');

    await open('/sources');
    await page.getByRole('button', { name: 'Ansehen' }).click();
    await page.getByRole('button', { name: 'Freigeben' }).click();
    await shows(page, 'Freigegeben.');
    await company.cloud.quiet();
    await open('/sources');
    await shows(page, '1 Neue Leads');
    await shows(page, 'Geht auf');
    await shows(page, 'Nichts wartet.');
    expect(problems).toEqual([]);
    await close();
  }, 120_000);

  it('does the same without a mouse', async () => {
    const { page, problems, open, close } = await signIn(browser, company.cloud, company.personaOf('marketing'));
    await shows(page, 'Quarantäne');
    await page.keyboard.press('n');
    await page.getByRole('dialog').waitFor();
    await typeByKeyboard(page, 'Name', 'Messe');
    await pressByKeyboard(page, 'Anlegen');
    await page.waitForURL(/\/sources\/\w+$/);
    await visit(page, 'jo@muster.example');

    await open('/sources');
    await shows(page, 'Ansehen');
    await pressByKeyboard(page, 'Ansehen');
    await pressByKeyboard(page, 'Zuordnung ändern');
    await shows(page, 'Das käme in Quarantäne: Weder E-Mail noch Telefon.');
    await tabTo(page, '„kontakt“ wird zu');
    await page.keyboard.type('E-Mail');
    await shows(page, 'Daraus würde ein Lead.');
    await pressByKeyboard(page, 'Zuordnung speichern');
    await pressByKeyboard(page, 'So speichern');
    await shows(page, 'Gespeichert.');

    await open('/sources');
    await shows(page, 'Ansehen');
    await pressByKeyboard(page, 'Ansehen');
    await pressByKeyboard(page, 'Freigeben');
    await shows(page, 'Freigegeben.');
    expect(problems).toEqual([]);
    await close();
  }, 120_000);
});
