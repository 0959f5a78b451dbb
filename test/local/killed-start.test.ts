import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { isPortInUse } from '@meilenstein/local';
import { afterAll, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
};

const port = await freePort();
afterAll(() => rmSync(join(root, '.local', `company-${port}`), { recursive: true, force: true }));

it('the local system ends when the shell that started it is killed', async () => {
  const line = `"${process.execPath}" start.mjs start --port ${port}; true`;
  const shell = spawn('sh', ['-c', line], { cwd: root, stdio: ['pipe', 'pipe', 'ignore'], detached: true });
  let said = '';
  const booted = new Promise<void>((resolve, reject) => {
    shell.stdout.on('data', (part: Buffer) => {
      said = `${said}${part.toString('utf8')}`;
      if (said.includes('The company is set up')) resolve();
    });
    shell.stdout.once('end', () => reject(new Error(said)));
  });
  await booted;
  expect(await isPortInUse(port)).toBe(true);
  shell.kill('SIGKILL');
  // The pipe ends when nobody is left who could write to it: start.mjs and the system that it started.
  await once(shell.stdout, 'end');
  // Of a process that ends one thing closes after the other; the test’s own time is the limit.
  while (await isPortInUse(port));
}, 120_000);
