import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtPage } from '@meilenstein/infra/built-page';
import { checkPageSize, largestFirstLoad, pageSize } from '@meilenstein/infra/page-size';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

describe('the size of a page', () => {
  const folder = mkdtempSync(join(tmpdir(), 'page-size-'));
  const write = (file: string, kilobytes: number): void =>
    // Random bytes cannot be compressed.
    writeFileSync(join(folder, file), randomBytes(kilobytes * 1024));
  const manifest = {
    'index.html': {
      file: 'assets/index.js',
      isEntry: true,
      imports: ['_shared.js'],
      dynamicImports: ['src/a.tsx'],
      css: ['assets/index.css'],
    },
    '_shared.js': { file: 'assets/shared.js' },
    'src/a.tsx': { file: 'assets/a.js', imports: ['index.html', '_shared.js', '_late.js'] },
    '_late.js': { file: 'assets/late.js', css: ['assets/late.css'] },
    'src/texts/de.ts': { file: 'assets/de.js' },
    'src/texts/en.ts': { file: 'assets/en.js' },
  };

  beforeAll(() => {
    mkdirSync(join(folder, 'assets'));
    mkdirSync(join(folder, '.vite'));
    writeFileSync(join(folder, '.vite', 'manifest.json'), JSON.stringify(manifest));
    for (const [file, kilobytes] of [
      ['assets/index.js', 100],
      ['assets/index.css', 5],
      ['assets/shared.js', 20],
      ['assets/a.js', 10],
      ['assets/late.js', 7],
      ['assets/late.css', 1],
      ['assets/de.js', 9],
      ['assets/en.js', 8],
      ['appearance.js', 1],
      ['pressable.css', 1],
    ] as const)
      write(file, kilobytes);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('counts as the first load the entry with all that it imports, styles, and the texts of one language', () => {
    expect(Math.round(pageSize(folder).firstLoad)).toBe(100 + 5 + 20 + 9 + 1 + 1);
  });

  it('counts for a screen only what it adds to the first load', () => {
    expect(pageSize(folder).later.map(({ source, kilobytes }) => [source, Math.round(kilobytes)])).toEqual([['src/a.tsx', 18]]);
  });

  it('fails a build whose first load has grown too large', () => {
    write('assets/shared.js', 100);
    expect(() => checkPageSize(folder)).toThrow(/the first load of the page is 21\d\.\d KB, more than 195/);
  });
});

it('the page itself is small enough', () => {
  const { firstLoad } = checkPageSize(builtPage());
  expect(firstLoad).toBeGreaterThan(50);
  expect(firstLoad).toBeLessThanOrEqual(largestFirstLoad);
});
