import './silence.ts';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { memoryBurst } from './memory-burst.ts';

const { values } = parseArgs({
  options: { submissions: { type: 'string' }, seed: { type: 'string' }, cloud: { type: 'boolean', default: false } },
});
const whole = z.coerce.number().int().positive();
const seed = whole.parse(values.seed ?? 1 + (Date.now() % 1_000_000));

console.log(`seed ${seed}`);
process.exitCode = await memoryBurst({ seed, submissions: whole.parse(values.submissions ?? 50_000) });
