// What `npm run pictures` runs: a picture of every screen in both languages, light and dark, wide and on a phone, and as it is printed.
// `-- leads` takes only screens whose address holds that word.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { leadView, opportunityView } from '@meilenstein/contracts';
import { root } from '@meilenstein/demo/assembly';
import { apiClient } from '@meilenstein/demo/client/api-client';
import * as z from 'zod';
import { bootPageCompany, type PageCompany } from './page-company.ts';
import { hasChromium, launchChromium, signIn, type Presentation } from './signed-in-page.ts';

const folder = join(root, '.local', 'pictures');
const size = { leads: 60, opportunities: 80 };

const web = (file: string): string => join(root, 'packages', 'web', 'src', 'app', file);
const screenList = z.object({ screens: z.array(z.looseObject({ path: z.string(), section: z.string() })) });
const sectionList = z.object({ sections: z.array(z.looseObject({ id: z.string(), roles: z.array(z.string()) })) });
const firstItem = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item).min(1) });

type Shot = { readonly name: string; readonly path: string; readonly role: string };

/** Every screen of the page's own list with one who may enter it; parameters in addresses stand for the first thing there is. */
const shotsOf = async ({ cloud }: PageCompany): Promise<readonly Shot[]> => {
  const { screens } = screenList.parse(await import(web('screens.ts')));
  const { sections } = sectionList.parse(await import(web('sections.ts')));
  const operations = await apiClient(cloud, 'operations', 'login-operations');
  const lead = (await operations.get(firstItem(leadView), '/leads?limit=1')).items[0];
  const opportunity = (await operations.get(firstItem(opportunityView), '/opportunities?limit=1')).items[0];
  const ids: Readonly<Record<string, string>> = { $leadId: lead?.leadId ?? '', $opportunityId: opportunity?.opportunityId ?? '' };
  return screens.map(({ path, section }) => {
    const hasParameter = path.includes('$');
    const roles = sections.find(({ id }) => id === section)?.roles ?? ['rep'];
    return {
      name: path.slice(1).replaceAll('/', '-').replaceAll('$', ''),
      path: path.replaceAll(/\$\w+/g, (name) => ids[name] ?? name),
      // One thing of the whole company: somebody who may see all of it.
      role: hasParameter && roles.includes('operations') ? 'operations' : (roles[0] ?? 'rep'),
    };
  });
};

const presentations: readonly Presentation[] = (['de-DE', 'en-GB'] as const).flatMap((language) =>
  (['light', 'dark'] as const).flatMap((appearance) => ([1280, 390] as const).map((width) => ({ language, appearance, width }))),
);

const take = async (company: PageCompany, shots: readonly Shot[]): Promise<number> => {
  const browser = await launchChromium();
  let taken = 0;
  const failures: string[] = [];
  try {
    for (const presentation of presentations)
      for (const role of new Set(shots.map((shot) => shot.role))) {
        const { page, open, problems, close } = await signIn(browser, company.cloud, company.personaOf(role), presentation);
        const suffix = `${presentation.language?.slice(0, 2)}-${presentation.appearance}-${presentation.width}`;
        for (const { name, path } of shots.filter((shot) => shot.role === role)) {
          const before = problems.length;
          await open(path);
          await page.waitForLoadState('networkidle').catch(() => undefined);
          await page.screenshot({ path: join(folder, `${name}-${suffix}.png`), fullPage: true });
          taken += 1;
          // A page is printed light, whatever it looked like: two of dark pages show that.
          if (presentation.width === 1280 && presentation.appearance === 'dark') {
            await page.pdf({ path: join(folder, `${name}-${presentation.language?.slice(0, 2)}.pdf`), format: 'A4', landscape: true });
            taken += 1;
          }
          for (const problem of problems.slice(before)) failures.push(`${name}-${suffix}: ${problem}`);
        }
        await close();
        console.log(`  ${suffix} as ${role}`);
      }
  } finally {
    await browser.close();
  }
  for (const failure of new Set(failures)) console.log(`  PROBLEM ${failure}`);
  return taken;
};

if (!hasChromium()) process.exit(1);
const [only = ''] = process.argv.slice(2);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const company = await bootPageCompany(size);
const shots = (await shotsOf(company)).filter(({ path, name }) => path.includes(only) || name.includes(only));
const taken = await take(company, shots);
await company.end();
console.log(`${taken} pictures of ${shots.length} screens in ${folder}`);
process.exit(0);
