import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { openNotes } from './notes.ts';

const folder = mkdtempSync(join(tmpdir(), 'notes-'));
afterAll(() => rmSync(folder, { recursive: true }));
const count = z.object({ rows: z.int() });

describe('the notes of a start', () => {
  it('return the result of a finished step without repeating it, even after the program has ended', async () => {
    const file = join(folder, 'deep', 'kept.json');
    await openNotes(file).once('import', count, async () => ({ rows: 7 }));
    const later = openNotes(file);
    const never = (): Promise<never> => Promise.reject(new Error('done twice'));
    expect(await later.once('import', count, never)).toEqual({ rows: 7 });
    expect([later.isFinished('import'), later.isFinished('reports'), later.isEmpty()]).toEqual([true, false, false]);
  });

  it('know nothing of a step that failed', async () => {
    const file = join(folder, 'failed.json');
    await expect(openNotes(file).once('import', count, () => Promise.reject(new Error('no rows')))).rejects.toThrow('no rows');
    expect(openNotes(file).isEmpty()).toBe(true);
    expect(await openNotes(file).once('import', count, async () => ({ rows: 8 }))).toEqual({ rows: 8 });
  });

  it('are empty if the file cannot be read because another version wrote it', () => {
    const file = join(folder, 'old.json');
    writeFileSync(file, '{"sources":[],"weekly":{}');
    expect(openNotes(file).isEmpty()).toBe(true);
  });

  it('are kept in memory where no file is named', async () => {
    const notes = openNotes();
    await notes.once('set up', z.null(), async () => null);
    expect(notes.isFinished('set up')).toBe(true);
  });
});
