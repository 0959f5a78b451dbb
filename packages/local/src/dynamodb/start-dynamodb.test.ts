import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { isTaken } from '../endpoint/is-taken.ts';

const program = `
  import { startDynamoDB } from ${JSON.stringify(new URL('start-dynamodb.ts', import.meta.url).href)};
  console.log((await startDynamoDB({ dataFolder: '', inMemory: true })).endpoint);
`;

it('DynamoDB Local ends with the process that started it, also where that is killed', async () => {
  const env = { ...process.env, AWS_ENDPOINT_URL_DYNAMODB: '' };
  const parent = spawn(process.execPath, ['--input-type=module', '-e', program], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const [endpoint] = await once(createInterface({ input: parent.stdout }), 'line');
  const port = Number(new URL(String(endpoint)).port);
  expect(await isTaken(port)).toBe(true);
  parent.kill('SIGKILL');
  await expect.poll(() => isTaken(port), { timeout: 20_000 }).toBe(false);
}, 90_000);
