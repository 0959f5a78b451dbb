import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toInstant } from '@meilenstein/kernel';
import { bootCloud, type Cloud } from '@meilenstein/local';
import { cachedAssembly } from '../company/assembly.ts';
import { setUpCompany } from '../company/load-company.ts';
import { visitor } from '../company/visitor.ts';

export type SmallCompany = { readonly cloud: Cloud; readonly end: () => Promise<void> };

/** A local cloud from the synthesized templates, on DynamoDB Local, with a company that is set up and has no business yet. */
export const bootSmallCompany = async (): Promise<SmallCompany> => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'company-'));
  const cloud = await bootCloud({ assembly: cachedAssembly(), dataFolder, inMemory: true });
  await setUpCompany(await visitor(cloud, 'operations', 'login-operations'), toInstant(Date.now()));
  await cloud.quiet();
  return {
    cloud,
    end: async () => {
      await cloud.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
};
