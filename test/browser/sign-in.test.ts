import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharedPageCompany, type PageCompany } from './page-company.ts';
import { hasChromium, launchChromium, signIn, watchProblems } from './signed-in-page.ts';

describe.skipIf(!hasChromium())('somebody who opens the page in a browser', () => {
  let company: PageCompany;
  let browser: Browser;

  beforeAll(async () => {
    company = await sharedPageCompany();
    browser = await launchChromium();
  }, 240_000);

  afterAll(async () => {
    await browser.close();
  });

  it('chooses a persona and comes back to the page, which runs under its content security policy', async () => {
    const { page, problems, close } = await signIn(browser, company.cloud, company.personaOf('rep'));
    expect(new URL(page.url()).pathname).toMatch(/^\/app\//);
    expect(problems.filter((problem) => !problem.includes(' answered '))).toEqual([]);
    await close();
  }, 120_000);

  it('comes back to where they were after a reload, without choosing again', async () => {
    const { page, open, close } = await signIn(browser, company.cloud, company.personaOf('rep'));
    await open('/leads?tab=mine');
    await page.reload();
    await page.waitForURL((url) => url.pathname === '/app/leads');
    expect(await page.locator('button[name="subject"]').count()).toBe(0);
    await close();
  }, 120_000);

  it('leaves no token where another page or another person could read it', async () => {
    const { page, context, close } = await signIn(browser, company.cloud, company.personaOf('manager'));
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
    expect(kept).not.toMatch(/eyJ[\w-]+\./);
    expect(page.url()).not.toMatch(/code=|token/);
    expect(
      (await context.cookies(company.cloud.pageUrl)).map(({ name }) => name).filter((name) => !/^(session|interaction|resume)-/.test(name)),
    ).toEqual([]);
    await close();
  }, 120_000);

  it('would be told of a script that the policy refuses', async () => {
    const page = await browser.newPage();
    const problems = watchProblems(page);
    await page.goto(company.cloud.pageUrl);
    await page.locator('button[name="subject"]').first().waitFor();
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.head.append(script);
    });
    expect(problems.some((problem) => /Content Security Policy/i.test(problem))).toBe(true);
    await page.close();
  }, 120_000);
});
