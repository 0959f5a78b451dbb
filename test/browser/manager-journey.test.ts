import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { apiClient } from '@meilenstein/demo/client/api-client';
import { sharedPageCompany, type PageCompany } from './page-company.ts';
import { hasChromium, launchChromium, signIn, type SignedInPage } from './signed-in-page.ts';

const judgements = z.object({ items: z.array(z.object({ versions: z.array(z.object({ reason: z.string().nullable() })) })) });

describe.skipIf(!hasChromium())('a manager before the Monday meeting', () => {
  let company: PageCompany;
  let browser: Browser;
  let tab: SignedInPage;

  beforeAll(async () => {
    company = await sharedPageCompany();
    browser = await launchChromium();
    tab = await signIn(browser, company.cloud, company.personaOf('manager'), { appearance: 'dark' });
  }, 240_000);

  afterAll(() => browser.close());

  it('begins with the team', async () => {
    await tab.page.getByRole('heading', { level: 1, name: /^Team/ }).waitFor();
    expect(new URL(tab.page.url()).pathname).toBe('/app/team');
  }, 60_000);

  it('prints the meeting on one or two light pages, also from the dark', async () => {
    const { page } = tab;
    await tab.open('/team');
    await page.getByRole('table').first().waitFor();
    await page.waitForLoadState('networkidle');
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const paper = await page.evaluate(() => ({
      paper: getComputedStyle(document.body).backgroundColor,
      ink: getComputedStyle(document.body).color,
      bars: [...document.querySelectorAll('nav')].filter((nav) => getComputedStyle(nav).display !== 'none').length,
      foot: getComputedStyle(document.documentElement).getPropertyValue('--print-foot'),
    }));
    const lightness = await page.evaluate(
      (colours) => {
        const canvas = document.createElement('canvas').getContext('2d');
        return colours.map((colour) => {
          if (canvas === null) return 0;
          canvas.fillStyle = colour;
          canvas.fillRect(0, 0, 1, 1);
          const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
          return (red + green + blue) / 765;
        });
      },
      [paper.paper === 'rgba(0, 0, 0, 0)' ? 'white' : paper.paper, paper.ink],
    );
    expect(lightness[0]).toBeGreaterThan(0.95);
    expect(lightness[1]).toBeLessThan(0.35);
    expect(paper.bars).toBe(0);
    expect(paper.foot).toMatch(/Stand/);
    const pages = (await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1').match(/\/Type\s*\/Page\b/g) ?? [];
    expect(pages.length).toBeGreaterThanOrEqual(1);
    expect(pages.length).toBeLessThanOrEqual(2);
    await page.emulateMedia({ media: 'screen', colorScheme: 'dark' });
  }, 60_000);

  it('says their own figure and why, by keyboard alone, beside the computed one', async () => {
    const { page } = tab;
    await tab.open('/forecast');
    await page
      .getByRole('button', { name: /Einschätzung/ })
      .first()
      .waitFor();
    await page.clock.install();
    await page.keyboard.press('n');
    await page.getByRole('dialog').getByRole('textbox').first().waitFor();
    await page.keyboard.type('123456');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Zwei Werke warten auf die Freigabe.');
    await page.keyboard.press('Tab');
    while (!(await page.evaluate(() => document.activeElement?.textContent ?? '')).includes('Festhalten')) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.clock.fastForward(70_000);
    const manager = await apiClient(company.cloud, 'operations', 'login-operations');
    await expect
      .poll(
        async () => (await manager.get(judgements, '/forecasts/judgements?level=team&key=team-nord')).items[0]?.versions.at(-1)?.reason,
        {
          timeout: 20_000,
        },
      )
      .toBe('Zwei Werke warten auf die Freigabe.');
  }, 60_000);

  it('has met no error, no refusal of the content security policy and no forbidden call on the way', () => {
    expect(tab.problems).toEqual([]);
  });
});
