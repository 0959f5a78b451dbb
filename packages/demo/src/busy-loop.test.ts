import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const program = join(import.meta.dirname, 'busy-loop.ts');

it('a busy loop ends when its parent was killed', async () => {
  // The parent says the loop's id and waits; the loop holds the parent's output open, so its end is the loop's end.
  const parentText = `
    const { spawn } = require('node:child_process');
    const loop = spawn(process.execPath, [${JSON.stringify(program)}, String(process.pid), '600000'], { stdio: 'inherit' });
    loop.once('spawn', () => console.log('running'));
    setInterval(() => undefined, 1000);`;
  const parent = spawn(process.execPath, ['-e', parentText], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(parent.stdout, 'data');
  parent.kill('SIGKILL');
  parent.stdout.resume();
  await once(parent.stdout, 'end');
  expect(parent.stdout.readableEnded).toBe(true);
});

it('a busy loop ends after its time', async () => {
  const loop = spawn(process.execPath, [program, String(process.pid), '50'], { stdio: 'ignore' });
  expect(await once(loop, 'exit')).toEqual([0, null]);
});
