import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { bootCloud, type Cloud } from '@meilenstein/local';
import { cachedAssembly, root } from './assembly.ts';
import { runProgram } from './run/run-program.ts';
import { checkInvariants, type Check } from './run/invariants.ts';
import { openNotes } from './run/notes.ts';
import { playCompany, type Company } from './play-company.ts';
import { narrator } from './print/narrator.ts';

/** Further invariants, which only a program that may read tables can check. */
export type FurtherChecks = (cloud: Cloud, company: Company) => Promise<readonly Check[]>;

const checkAll = async (cloud: Cloud, company: Company, further: FurtherChecks): Promise<readonly Check[]> => {
  const now = new Date();
  const days = [now, new Date(now.getTime() - 86_400_000)].map((one) => one.toISOString().slice(0, 10));
  const years = [now.getUTCFullYear() - 1, now.getUTCFullYear(), now.getUTCFullYear() + 1];
  const runs = [company.weekly, company.soFar];
  return [...(await checkInvariants(cloud, { sources: company.sources, days, years, runs })), ...(await further(cloud, company))];
};

/** Does what a start does, in memory and from an empty state, then checks the invariants; ends the process with 0 if all of them hold. */
export const demo = async (further: FurtherChecks): Promise<void> => {
  const folder = join(root, '.local', 'demo');
  rmSync(folder, { recursive: true, force: true });
  const running: { cloud?: Cloud } = {};
  const stop = async (): Promise<void> => running.cloud?.stop();
  const program = async (): Promise<number> => {
    const { step, detail } = narrator();
    const assembly = await step('Templates are synthesized', async () => cachedAssembly());
    const cloud = await step('The cloud boots from the templates', () => bootCloud({ assembly, dataFolder: folder, inMemory: true }));
    running.cloud = cloud;
    const company = await playCompany({ cloud, notes: openNotes(), narrator: { step, detail } });
    const checks = await step('Invariants are checked', () => checkAll(cloud, company, further));
    for (const { invariant, holds, found } of checks)
      console.log(`  ${holds ? 'holds ' : 'BROKEN'} ${invariant}${holds ? '' : `: ${found}`}`);
    const broken = checks.filter((one) => !one.holds).length;
    console.log(
      broken === 0 ? `\nAll ${checks.length} invariants hold.` : `\n${broken} of ${checks.length} invariants are broken: see above.`,
    );
    await cloud.stop();
    return broken === 0 ? 0 : 1;
  };
  process.once('disconnect', () => process.exit(1));
  await runProgram({ logFile: join(folder, 'demo.log'), advice: 'Run npm run demo again.' }, program, stop);
};
