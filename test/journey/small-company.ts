import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toInstant } from '@meilenstein/kernel';
import { bootCloud, type Cloud } from '@meilenstein/local';
import { cachedAssembly } from '@meilenstein/demo/assembly';
import { loadCompany, setUpCompany, type CompanySize } from '@meilenstein/demo/steps/load-company';
import { apiClient } from '@meilenstein/demo/client/api-client';

export type SmallCompany = { readonly cloud: Cloud; readonly dataFolder: string; readonly end: () => Promise<void> };

/**
 * A local cloud from the synthesized templates, with a company that is set up; without `past` it has no business yet, with it a year of
 * so many leads and opportunities; of `nothing`, nothing is set up. Functions run in threads, or in processes from the bundles that are deployed.
 */
export const bootSmallCompany = async (
  past?: CompanySize | 'nothing',
  functions: 'threads' | 'processes' = 'threads',
): Promise<SmallCompany> => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'company-'));
  const cloud = await bootCloud({ assembly: cachedAssembly(functions), dataFolder, inMemory: true, functions });
  const now = toInstant(Date.now());
  if (past === undefined) await setUpCompany(cloud, await apiClient(cloud, 'operations', 'login-operations'), now);
  else if (past !== 'nothing') await loadCompany(cloud, { now, seed: 7, size: past });
  await cloud.quiet();
  return {
    cloud,
    dataFolder,
    end: async () => {
      await cloud.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
};
