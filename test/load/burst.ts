import './silence.ts';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { burstOnCloud } from './cloud-burst.ts';
import { memoryBurst } from './memory-burst.ts';

const { values } = parseArgs({
  options: { submissions: { type: 'string' }, seed: { type: 'string' }, cloud: { type: 'boolean', default: false } },
});
const whole = z.coerce.number().int().positive();
const seed = whole.parse(values.seed ?? 1 + (Date.now() % 1_000_000));

const submissions = whole.parse(values.submissions ?? (values.cloud ? 500 : 50_000));

console.log(`seed ${seed}`);
process.exitCode = await (values.cloud ? burstOnCloud : memoryBurst)({ seed, submissions });
