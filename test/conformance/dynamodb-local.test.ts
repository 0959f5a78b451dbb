import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { isPortInUse } from '@meilenstein/local';
import { expect, it } from 'vitest';

const program = `
  import { startDatabase } from '@meilenstein/local';
  console.log((await startDatabase({ kind: 'dynamodb-local', dataFolder: '', inMemory: true })).endpoint);
`;

it('DynamoDB Local ends with the process that started it, even if that is killed', async () => {
  const parent = spawn(process.execPath, ['--input-type=module', '-e', program], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [endpoint] = await once(createInterface({ input: parent.stdout }), 'line');
  const port = Number(new URL(String(endpoint)).port);
  expect(await isPortInUse(port)).toBe(true);
  parent.kill('SIGKILL');
  await expect.poll(() => isPortInUse(port), { timeout: 60_000 }).toBe(false);
}, 90_000);
