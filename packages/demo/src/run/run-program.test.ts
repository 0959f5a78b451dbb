import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { failureLine } from './run-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'ending-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('failureLine', () => {
  it('says in one line what failed, why, what to do, and where the log is', () => {
    const error = new Error('A year of leads is imported: nothing has moved\n  for 60 s: orders holds 3 messages');
    expect(failureLine(error, { logFile: 'company/start.log', advice: 'Run npm start again.' })).toBe(
      'Failed: A year of leads is imported: nothing has moved for 60 s: orders holds 3 messages. Run npm start again. Log: company/start.log',
    );
  });

  it('shortens a long reason', () => {
    expect(failureLine(new Error('x'.repeat(5000)), { logFile: 'a', advice: 'b' }).length).toBeLessThan(700);
  });

  it.each([
    ['thrown', `throw new Error('first')`],
    ['rejected by nobody’s promise', `Promise.reject(new Error('first')); await new Promise(() => setInterval(() => {}, 1000))`],
    ['thrown by a timer', `setTimeout(() => { throw new Error('first'); }); await new Promise(() => setInterval(() => {}, 1000))`],
  ])('that is %s ends the process with that line alone and status 1, after what was started is stopped', (_, body) => {
    const logFile = join(folder, 'deep', 'start.log');
    const program = `
      import { runProgram } from ${JSON.stringify(join(import.meta.dirname, 'run-program.ts'))};
      const stop = async () => console.log('stopped');
      await runProgram({ logFile: ${JSON.stringify(logFile)}, advice: 'Try again.' }, async () => { ${body} }, stop);`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module-typescript', '-e', program], {
      encoding: 'utf8',
      cwd: folder,
    });
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: 'stopped\n',
      stderr: '\nFailed: first. Try again. Log: deep/start.log\n',
    });
    expect(readFileSync(logFile, 'utf8')).toMatch(/Error: first\n\s+at /);
  });
});
