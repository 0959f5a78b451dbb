import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'resumed-'));
const program = join(import.meta.dirname, 'play-small-company.ts');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Plays the company in a folder. @param until the beginning of a line at which the program is killed @returns every line it said */
const play = async (dataFolder: string, until?: string): Promise<readonly string[]> => {
  const child = spawn(process.execPath, [program, dataFolder], { stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (part: Buffer) => {
    errors = `${errors}${part.toString('utf8')}`;
  });
  const exit = once(child, 'exit');
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (until !== undefined && line.startsWith(until)) child.kill('SIGKILL');
  }
  const [code, signal]: unknown[] = await exit;
  if (signal !== 'SIGKILL' && code !== 0) throw new Error(`status ${String(code)}: ${errors}${lines.join('\n')}`);
  return lines;
};

const countsIn = (lines: readonly string[]): unknown => JSON.parse(lines.find((line) => line.startsWith('COUNTS '))?.slice(7) ?? 'null');
const stepsIn = (lines: readonly string[]): readonly string[] => lines.filter((line) => line.startsWith('— '));

it('a start that was killed in the middle of several steps resumes where it stopped and creates the same company', async () => {
  const killed = join(folder, 'killed');
  const places = ['— The company is set up', '— A year of opportunities', '8 forms', '— Leads become opportunities', '— The weekly report'];
  for (const place of places) expect((await play(killed, place)).at(-1)).toContain(place.trim());
  const last = await play(killed);
  expect(stepsIn(last)).toEqual(['— The weekly report runs, and the week so far']);
  expect(countsIn(last)).toEqual(countsIn(await play(join(folder, 'whole'))));
}, 600_000);
