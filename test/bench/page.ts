// What `npm run bench:page` runs: how large the page is, and how fast in a browser, with a processor of a quarter and on a phone's network.
import { builtPage } from '@meilenstein/infra/built-page';
import { checkPageSize, largestFirstLoad, pageSize, type PageSize } from '@meilenstein/infra/page-size';
import type { CDPSession, Page } from 'playwright-core';
import * as z from 'zod';
import { bootPageCompany } from '../browser/page-company.ts';
import { hasChromium, launchChromium, signIn, type SignedInPage } from '../browser/signed-in-page.ts';
import { printed } from '../load/printed.ts';

const measured = z.object({ lcp: z.number(), cls: z.number(), inp: z.number() });
const metrics = z.array(z.object({ name: z.string(), value: z.number() }));

/** Runs in the page before its own scripts. */
const observe = `(() => {
  const seen = { lcp: 0, cls: 0, inp: 0 };
  Object.defineProperty(window, 'measured', { value: seen });
  const on = (type, options, act) => new PerformanceObserver((list) => list.getEntries().forEach(act)).observe({ type, buffered: true, ...options });
  on('largest-contentful-paint', {}, (entry) => { seen.lcp = entry.startTime; });
  on('layout-shift', {}, (entry) => { if (!entry.hadRecentInput) seen.cls += entry.value; });
  on('event', { durationThreshold: 16 }, (entry) => { if (entry.interactionId > 0) seen.inp = Math.max(seen.inp, entry.duration); });
})();`;

/** Fast 4G as the developer tools of Chromium have it. */
const fast4g = { offline: false, latency: 165, downloadThroughput: (8.1 * 1_000_000) / 8, uploadThroughput: (1.35 * 1_000_000) / 8 };

const heapOf = async (devtools: CDPSession): Promise<number> => {
  await devtools.send('HeapProfiler.collectGarbage');
  const { metrics: found } = await devtools.send('Performance.getMetrics');
  return (metrics.parse(found).find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0) / 1_048_576;
};

const read = async (page: Page) => measured.parse(await page.evaluate('window.measured'));

/** Opens the palette, types, closes it: what somebody does on any screen. */
const interact = async (page: Page): Promise<void> => {
  await page.keyboard.press('Control+k');
  await page.waitForTimeout(300);
  await page.keyboard.type('mü', { delay: 120 });
  await page.keyboard.press('Escape');
  await page.waitForTimeout(300);
};

type Row = { readonly path: string; readonly plain: z.infer<typeof measured>; readonly slow: z.infer<typeof measured> };

const measure = async ({ page, context, open }: SignedInPage, path: string): Promise<Row> => {
  const devtools = await context.newCDPSession(page);
  await open(path);
  await page.waitForLoadState('networkidle').catch(() => undefined);
  const plain = await read(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', fast4g);
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
  await open(path);
  await page.waitForLoadState('networkidle').catch(() => undefined);
  await interact(page);
  const slow = await read(page);
  await devtools.detach();
  return { path, plain, slow };
};

const printSize = ({ firstLoad, later }: PageSize): void => {
  console.log('\nKilobytes of JavaScript and styles, compressed:\n');
  const budget = ({ source }: PageSize['later'][number]): string => (source.includes('forecast') ? '≤ 40' : '≤ 45');
  console.log(
    printed([
      ['what', 'KB', 'budget'],
      ['first load', firstLoad.toFixed(1), `≤ ${largestFirstLoad}`],
      ...later.slice(0, 12).map((one) => [one.source, one.kilobytes.toFixed(1), budget(one)]),
    ]),
  );
};

const folder = builtPage();
printSize(pageSize(folder));
if (hasChromium()) {
  const company = await bootPageCompany({ leads: 200, opportunities: 300 });
  const browser = await launchChromium();
  const tab = await signIn(browser, company.cloud, company.personaOf('operations'));
  await tab.page.addInitScript(observe);
  const rows: Row[] = [];
  for (const path of ['/leads', '/opportunities']) rows.push(await measure(tab, path));
  const devtools = await tab.context.newCDPSession(tab.page);
  await devtools.send('Performance.enable');
  const heaps = [await heapOf(devtools)];
  for (let round = 0; round < 20; round += 1) await interact(tab.page);
  heaps.push(await heapOf(devtools));
  console.log('\nIn Chromium, warm cloud; slow is a quarter of the processor, Fast 4G and no cache:\n');
  console.log(
    printed([
      ['screen', 'LCP ms (≤ 1200)', 'slow (≤ 2500)', 'CLS (≤ 0.02)', 'INP slow, ms (≤ 200)'],
      ...rows.map(({ path, plain, slow }) => [
        path,
        plain.lcp.toFixed(0),
        slow.lcp.toFixed(0),
        Math.max(plain.cls, slow.cls).toFixed(3),
        slow.inp.toFixed(0),
      ]),
    ]),
  );
  console.log(`\nHeap after loading ${heaps[0]?.toFixed(1)} MB, after opening the palette twenty times ${heaps[1]?.toFixed(1)} MB.`);
  await browser.close();
  await company.end();
}
checkPageSize(folder);
process.exit(0);
