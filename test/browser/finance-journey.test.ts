import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharedPageCompany, type PageCompany } from './page-company.ts';
import { hasChromium, launchChromium, signIn, type SignedInPage } from './signed-in-page.ts';

describe.skipIf(!hasChromium())('finance with the page alone', () => {
  let company: PageCompany;
  let browser: Browser;
  let tab: SignedInPage;

  beforeAll(async () => {
    company = await sharedPageCompany();
    browser = await launchChromium();
    tab = await signIn(browser, company.cloud, company.personaOf('finance'));
  }, 240_000);

  afterAll(() => browser.close());

  it('begins with the reports, runs one, and the file that it downloads is the one that the shelf names', async () => {
    const { page } = tab;
    expect(new URL(page.url()).pathname).toBe('/app/reports');
    await page.getByRole('button', { name: 'Jetzt ausführen' }).click();
    const file = page.getByRole('listitem').filter({ hasText: 'company.csv' }).first();
    await file.waitFor({ timeout: 60_000 });
    const [, sha256] = /SHA-256 ([0-9a-f]{64})/.exec(await file.innerText()) ?? [];
    const downloading = page.waitForEvent('download');
    await file.getByRole('button', { name: 'Herunterladen' }).click();
    const bytes = await readFile(await (await downloading).path());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    expect(tab.problems).toEqual([]);
  }, 120_000);
});
