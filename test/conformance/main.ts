import { spawn, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

// The differential suite on the embedded database and DynamoDB Local, the table suite and the journey on DynamoDB Local.

const { values, positionals } = parseArgs({
  options: { sequences: { type: 'string', default: '10000' }, seed: { type: 'string' }, short: { type: 'boolean', default: false } },
  allowPositionals: true,
  strict: false,
});

if (spawnSync('java', ['-version']).status !== 0) {
  console.log(
    'Skipped: DynamoDB Local, which the embedded database is compared with, needs Java 17 or newer, and there is no java on the PATH.',
  );
} else {
  const sequences = values.short === true ? '500' : String(values.sequences);
  const vitest = join(createRequire(import.meta.url).resolve('vitest/package.json'), '..', 'vitest.mjs');
  // The journey takes minutes on DynamoDB Local: the short run leaves it out.
  const parts = values.short === true ? ['test/conformance', 'test/stores'] : [];
  const reporters = process.argv.slice(2).filter((argument) => /^--(reporter|outputFile)/.test(argument));
  const child = spawn(
    process.execPath,
    [vitest, 'run', '--config', 'test/conformance/vitest.config.ts', ...reporters, ...(positionals.length > 0 ? positionals : parts)],
    {
      cwd: join(import.meta.dirname, '..', '..'),
      stdio: 'inherit',
      env: {
        ...process.env,
        CONFORMANCE_SEQUENCES: sequences,
        ...(typeof values.seed === 'string' ? { CONFORMANCE_SEED: values.seed } : {}),
      },
    },
  );
  child.once('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
