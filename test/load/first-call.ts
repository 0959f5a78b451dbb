// A process of its own: loads a bundle, calls its handler once and says how long that took. Argument: the bundle; standard input: the event.
// It imports next to nothing: what it had loaded already, a bundle would get for free.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const event: unknown = JSON.parse(readFileSync(0, 'utf8'));
const context = { getRemainingTimeInMillis: () => 10_000, awsRequestId: 'first', functionName: 'intake', memoryLimitInMB: '1024' };
const require = createRequire(import.meta.url);
const before = process.cpuUsage();
const began = performance.now();
const { handler } = require(process.argv[2] ?? '');
const atLoad = performance.now();
const { statusCode } = await handler(event, context);
const first = performance.now() - atLoad;
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ statusCode, load: atLoad - began, first, cpu: (user + system) / 1000 }));
