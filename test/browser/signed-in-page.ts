import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import type { Cloud, Persona } from '@meilenstein/local';
import { chromiumFlags, chromiumPath } from './web-page.ts';

/** How the page is shown to a person. */
export type Presentation = {
  readonly language?: 'de-DE' | 'en-GB';
  readonly appearance?: 'light' | 'dark';
  readonly width?: 1280 | 390;
  readonly zone?: string;
};

/** A tab of somebody who is signed in. */
export type SignedInPage = {
  readonly page: Page;
  readonly context: BrowserContext;
  /** what no journey may cause: errors of the console, refusals of the content security policy, calls that the API forbids or fails */
  readonly problems: readonly string[];
  /** opens an address below `/app/` and waits until the page shows something */
  readonly open: (path: string) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Says why the tests of a browser are skipped; true where they can run. */
export const hasChromium = (): boolean => {
  if (chromiumPath !== undefined) return true;
  console.log('The tests of a real browser are skipped: install Chromium (apt install chromium) or set CHROMIUM.');
  return false;
};

export const launchChromium = (): Promise<Browser> => chromium.launch({ executablePath: chromiumPath ?? '', args: chromiumFlags });

const forbidden = (status: number, path: string): boolean =>
  [401, 403].includes(status) || status >= 500 || (status === 404 && path.startsWith('/app/'));

/** Collects what goes wrong in a tab without anybody looking. A refused command answers 4xx on purpose and is not among it. */
export const watchProblems = (page: Page): readonly string[] => {
  const problems: string[] = [];
  page.on('console', (message) => {
    // The browser's own line about a status; what counts of statuses is below.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) problems.push(`console: ${message.text()}`);
    if (/Content Security Policy|Trusted ?Type/i.test(message.text()) && message.type() !== 'error')
      problems.push(`policy: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (forbidden(response.status(), pathname)) problems.push(`${response.request().method()} ${pathname} answered ${response.status()}`);
  });
  return problems;
};

const isShown = async (page: Page): Promise<void> => {
  await page.waitForFunction(() => (document.getElementById('root')?.childElementCount ?? 0) > 0);
};

/** Opens the page, chooses the persona at the issuer and waits until the page is back. */
export const signIn = async (browser: Browser, cloud: Cloud, persona: Persona, presentation: Presentation = {}): Promise<SignedInPage> => {
  const { language = 'de-DE', appearance = 'light', width = 1280, zone = 'Europe/Berlin' } = presentation;
  const isPhone = width === 390;
  const context = await browser.newContext({
    locale: language,
    colorScheme: appearance,
    timezoneId: zone,
    viewport: { width, height: isPhone ? 844 : 900 },
    hasTouch: isPhone,
    isMobile: isPhone,
    deviceScaleFactor: 1,
  });
  const page = await context.newPage();
  const problems = watchProblems(page);
  const { origin } = new URL(cloud.pageUrl);
  await page.goto(cloud.pageUrl);
  await page.locator(`button[name="subject"][value="${persona.subject}"]`).click();
  await page.waitForURL((url) => url.origin === origin && !url.pathname.endsWith('/signed-in'));
  await isShown(page);
  return {
    page,
    context,
    problems,
    open: async (path) => {
      await page.goto(`${origin}/app${path}`);
      // Without a token in memory the page goes through the session of the issuer and comes back.
      await page.waitForURL((url) => url.origin === origin && !url.pathname.endsWith('/signed-in'));
      await isShown(page);
    },
    close: () => context.close(),
  };
};
