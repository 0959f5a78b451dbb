import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importStatus } from '@meilenstein/contracts';
import { bootCloud } from '@meilenstein/local';
import { afterAll, expect, it } from 'vitest';
import { cachedAssembly } from '@meilenstein/demo/assembly';
import { apiClient } from '@meilenstein/demo/client/api-client';

const rows = 300;
const folder = mkdtempSync(join(tmpdir(), 'killed-import-'));
const program = join(import.meta.dirname, 'import-and-wait.ts');
const boot = { assembly: cachedAssembly('processes'), dataFolder: folder, functions: 'processes' } as const;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('an import continues after the local system was killed in the middle of it', async () => {
  const child = spawn(process.execPath, [program, folder, String(rows)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said]: unknown[] = await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');

  const cloud = await bootCloud(boot);
  const path = `/leads/imports/${String(said).trim()}`;
  const operations = await apiClient(cloud, 'operations', 'login-operations');
  await cloud.quiet(120_000);
  const after = await operations.get(importStatus, path);
  await cloud.stop();
  expect(after).toMatchObject({ status: 'finished', rows, rejected: 0 });
  expect(after.created + after.unchanged).toBe(rows);
}, 240_000);
