import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as z from 'zod';

it('a start on a port that is taken says in one line which one, and how to choose another', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.int() }).parse(server.address());
  const main = join(import.meta.dirname, '..', 'main.ts');
  const { status, stderr } = spawnSync(process.execPath, [main, '--port', String(port)], { encoding: 'utf8' });
  server.close();
  expect(status).toBe(1);
  expect(stderr.trim()).toBe(
    `Port ${port} is taken: stop the program that listens there, or choose another port with npm start -- --port ${port + 1}`,
  );
}, 60_000);
