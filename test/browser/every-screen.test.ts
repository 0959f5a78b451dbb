import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { sharedPageCompany, type PageCompany } from './page-company.ts';
import { hasChromium, launchChromium, signIn, type Presentation } from './signed-in-page.ts';

const found = z.array(z.object({ id: z.string(), impact: z.string().nullable(), nodes: z.array(z.object({ html: z.string() })) }));

/** Each role with the screens that its bar offers. */
const screensOf: Readonly<Record<string, readonly string[]>> = {
  rep: ['/today', '/leads', '/opportunities', '/opportunities?view=list', '/accounts', '/forecast', '/targets', '/leaks', '/account'],
  manager: ['/team', '/today', '/leads', '/opportunities', '/accounts', '/forecast', '/targets', '/leaks'],
  operations: [
    '/setup',
    '/team',
    '/rules',
    '/rules?rules=routing',
    '/rules?rules=follow-up',
    '/rules?rules=learned-score',
    '/sources',
    '/reports',
    '/leads',
    '/opportunities',
    '/accounts',
    '/forecast',
    '/targets',
    '/leaks',
  ],
  marketing: ['/sources', '/rules', '/rules?rules=service-levels', '/account'],
  finance: ['/reports', '/forecast', '/targets'],
  admin: ['/setup', '/sources', '/reports', '/rules?rules=retention'],
};

const presentations: readonly Presentation[] = [
  { appearance: 'light', width: 1280 },
  { appearance: 'dark', width: 390, language: 'en-GB' },
];

describe.skipIf(!hasChromium())('every screen of every role', () => {
  let company: PageCompany;
  let browser: Browser;

  beforeAll(async () => {
    company = await sharedPageCompany();
    browser = await launchChromium();
  }, 240_000);

  afterAll(async () => {
    await browser.close();
  });

  it.each(Object.entries(screensOf))(
    'opens for %s without a refused call, an error or a fault that axe finds',
    async (role, paths) => {
      const faults: string[] = [];
      for (const presentation of presentations) {
        const { page, problems, open, close } = await signIn(browser, company.cloud, company.personaOf(role), presentation);
        for (const path of paths) {
          await open(path);
          await page.waitForLoadState('networkidle');
          const { width = 1280 } = presentation;
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          if (overflow > 0) faults.push(`${path} at ${width}: ${overflow} px too wide`);
          // The policy of the page forbids scripts of others; what the browser’s tools evaluate is not part of it.
          await page.evaluate(axe.source);
          const violations = found.parse(
            await page.evaluate('axe.run(document, { resultTypes: ["violations"] }).then((ran) => ran.violations)'),
          );
          for (const { id, impact, nodes } of violations)
            if (impact === 'serious' || impact === 'critical') faults.push(`${path} at ${width}: ${id}, ${nodes[0]?.html.slice(0, 160)}`);
        }
        faults.push(...problems);
        await close();
      }
      expect([...new Set(faults)]).toEqual([]);
    },
    240_000,
  );
});
