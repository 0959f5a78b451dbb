import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { importStatus } from '@meilenstein/contracts';
import { bootCloud } from '@meilenstein/local';
import { afterAll, expect, it } from 'vitest';
import { cachedAssembly } from '../company/assembly.ts';
import { visitor } from '../company/visitor.ts';

const rows = 300;
const folder = mkdtempSync(join(tmpdir(), 'killed-import-'));
const boot = { assembly: cachedAssembly(), dataFolder: folder };
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const company = (file: string): string => JSON.stringify(pathToFileURL(join(import.meta.dirname, '..', 'company', file)).href);

/** Boots, uploads a file of leads, and says the id of the import once a part of it is taken. */
const program = `
  import { importStatus } from '@meilenstein/contracts';
  import { toInstant } from '@meilenstein/kernel';
  import { bootCloud } from '@meilenstein/local';
  import { history } from ${company('history.ts')};
  import { setUpCompany, upload } from ${company('load-company.ts')};
  import { seeded } from ${company('random.ts')};
  import { visitor } from ${company('visitor.ts')};
  const cloud = await bootCloud(${JSON.stringify(boot)});
  const operations = await visitor(cloud, 'operations', 'login-operations');
  const now = toInstant(Date.now());
  await setUpCompany(operations, now);
  await cloud.quiet();
  const id = await upload(operations, 'leads', history(seeded(1), now, { leads: ${rows}, opportunities: 1 }).leads);
  const status = async () => operations.get(importStatus, '/leads/imports/' + id);
  let found = await status();
  while (found.rows === 0) found = await status();
  if (found.status === 'finished') throw new Error('the import was too fast to be killed');
  console.log(id);`;

it('goes on with an import after the local system was killed in the middle of it', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    cwd: join(import.meta.dirname, '..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said]: unknown[] = await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');

  const cloud = await bootCloud(boot);
  const path = `/leads/imports/${String(said).trim()}`;
  const operations = await visitor(cloud, 'operations', 'login-operations');
  await cloud.quiet(120_000);
  const after = await operations.get(importStatus, path);
  await cloud.stop();
  expect(after).toMatchObject({ status: 'finished', rows, rejected: 0 });
  expect(after.created + after.unchanged).toBe(rows);
}, 240_000);
