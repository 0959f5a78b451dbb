import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');

/** As many are kept, the latest used: a cloud that runs since before a change still loads from its own. */
const kept = 6;
const hourMillis = 3_600_000;

/** A hash over what the files that the patterns find hold, tests excluded. */
export const fingerprintOf = (patterns: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const file of globSync(patterns, { cwd: root })
    .filter((name) => !/\.test\.tsx?$/.test(name) && statSync(join(root, name)).isFile())
    .toSorted())
    hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex').slice(0, 20);
};

/**
 * A folder below `cache` that is made once and then used again. It is there as a whole or not at all, also for others who make the same
 * one at the same time.
 * @param make fills the first folder, which will be moved to the second
 */
export const keptFolder = (cache: string, name: string, make: (unfinished: string, final: string) => void): string => {
  const folder = join(cache, name);
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true });
    const unfinished = mkdtempSync(join(cache, 'unfinished-'));
    try {
      make(unfinished, folder);
      if (!existsSync(folder)) renameSync(unfinished, folder);
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  const now = new Date();
  utimesSync(folder, now, now);
  forgetOld(cache);
  return folder;
};

function forgetOld(cache: string): void {
  const usedAt = (name: string): number => statSync(join(cache, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const [whole, unfinished] = [false, true].map((isUnfinished) =>
    readdirSync(cache).filter((name) => name.startsWith('unfinished-') === isUnfinished),
  );
  const old = (whole ?? []).toSorted((a, b) => usedAt(b) - usedAt(a)).slice(kept);
  const abandoned = (unfinished ?? []).filter((name) => Date.now() - usedAt(name) > hourMillis);
  for (const name of [...old, ...abandoned]) rmSync(join(cache, name), { recursive: true, force: true });
}
