import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, bundlePlainly } from '@meilenstein/infra/bundles';
import { root } from '@meilenstein/infra/kept-folder';
import * as z from 'zod';
import { awsStub } from './aws-stub.ts';
import { sampleDelivery } from './sample-delivery.ts';

const folder = join(root, '.local', 'bench');
const said = z.object({ statusCode: z.literal(202), load: z.number(), first: z.number(), cpu: z.number() });

export type Started = {
  readonly bytes: number;
  readonly load: number;
  readonly first: number;
  readonly total: number;
  readonly cpu: number;
};

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

const callOnce = async (file: string, event: unknown, environment: Readonly<Record<string, string>>) => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'first-call.ts'), file], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'], ...environment },
  });
  child.stdin.end(JSON.stringify(event));
  let text = '';
  const ended = once(child, 'close');
  for await (const part of child.stdout) text += String(part);
  const [code, signal] = await ended;
  if (code !== 0) throw new Error(`${file}: its process ended with ${String(signal ?? code)}`);
  return said.parse(JSON.parse(text.trim().split('\n').at(-1) ?? ''));
};

/**
 * Load and first call of the intake function and of a plain build that does the same, as processes of their own, one after the other in
 * turn, against a stub that answers at once. Medians.
 */
export const startBench = async (rounds: number): Promise<{ readonly ours: Started; readonly plain: Started }> => {
  mkdirSync(folder, { recursive: true });
  // The project's own package.json would make ES modules of the bundles.
  writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }');
  const sizes = bundle({ intake: join(root, 'services', 'leads', 'src', 'functions', 'intake.ts') }, folder);
  const plainSize = bundlePlainly(join(import.meta.dirname, 'plain-intake.ts'), join(folder, 'plain.js'));
  const { event, source, secret } = await sampleDelivery(2000);
  const stub = await awsStub(source, secret);
  const environment = {
    AWS_ENDPOINT_URL_DYNAMODB: stub.url,
    AWS_ENDPOINT_URL_SSM: stub.url,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'key',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_LAMBDA_FUNCTION_NAME: 'intake',
    POWERTOOLS_SERVICE_NAME: 'leads',
    POWERTOOLS_METRICS_DISABLED: 'true',
    TABLE_NAME: 'table',
    SECRETS_PREFIX: '/sources',
    NODE_OPTIONS: '--enable-source-maps',
  };
  const runs: { readonly ours: z.infer<typeof said>; readonly plain: z.infer<typeof said> }[] = [];
  for (let round = 0; round < rounds; round += 1)
    runs.push({
      ours: await callOnce(join(folder, 'intake.js'), event(), environment),
      plain: await callOnce(join(folder, 'plain.js'), event(), environment),
    });
  stub.stop();
  const of = (which: 'ours' | 'plain', bytes: number): Started => ({
    bytes,
    load: median(runs.map((run) => run[which].load)),
    first: median(runs.map((run) => run[which].first)),
    total: median(runs.map((run) => run[which].load + run[which].first)),
    cpu: median(runs.map((run) => run[which].cpu)),
  });
  return { ours: of('ours', sizes.get('intake.js') ?? Number.NaN), plain: of('plain', plainSize) };
};
