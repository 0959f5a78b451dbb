import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** A chunk as Vite's manifest describes it, by the source that it begins with. */
type Chunk = {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
  readonly css?: readonly string[];
};
type Manifest = Readonly<Record<string, Chunk>>;

/** Kilobytes over the wire, compressed. */
export type PageSize = {
  /** everything that a browser loads before it shows anything: the entry, what it imports, styles, the texts of one language */
  readonly firstLoad: number;
  /** what each file that is loaded later adds to it, the largest first */
  readonly later: readonly { readonly source: string; readonly kilobytes: number }[];
};

/** The first load may have so many kilobytes; a larger one fails the build. */
export const largestFirstLoad = 195;

const isTexts = (source: string): boolean => /\/texts\/(de|en)\.ts$/.test(source);

const isManifest = (value: unknown): value is Manifest => typeof value === 'object' && value !== null;

/** @param folder the page as Vite built it */
export const pageSize = (folder: string): PageSize => {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, '.vite', 'manifest.json'), 'utf8'));
  if (!isManifest(manifest)) throw new Error(`${folder}: Vite's manifest cannot be read`);
  const bytes = (file: string): number => gzipSync(readFileSync(join(folder, file))).length;
  const withImports = (source: string, seen: Set<string>): Set<string> => {
    const chunk = manifest[source];
    if (chunk === undefined || seen.has(source)) return seen;
    seen.add(source);
    for (const imported of chunk.imports ?? []) withImports(imported, seen);
    return seen;
  };
  const filesOf = (sources: Iterable<string>): ReadonlySet<string> =>
    new Set(
      [...sources].flatMap((source) => [manifest[source]?.file ?? '', ...(manifest[source]?.css ?? [])]).filter((file) => file !== ''),
    );
  const kilobytes = (files: Iterable<string>): number => [...files].reduce((sum, file) => sum + bytes(file), 0) / 1024;

  const entry = Object.keys(manifest).find((source) => manifest[source]?.isEntry === true) ?? '';
  const first = withImports(entry, new Set());
  const firstFiles = filesOf(first);
  const beside = ['appearance.js', 'pressable.css'];
  const added = (source: string): number => kilobytes([...filesOf(withImports(source, new Set()))].filter((file) => !firstFiles.has(file)));
  const later = Object.keys(manifest)
    .filter((source) => !first.has(source) && !source.startsWith('_') && /\.tsx?$/.test(source))
    .map((source) => ({ source, kilobytes: added(source) }))
    .toSorted((a, b) => b.kilobytes - a.kilobytes);
  const texts = Math.max(0, ...later.filter(({ source }) => isTexts(source)).map((one) => one.kilobytes));
  return { firstLoad: kilobytes([...firstFiles, ...beside]) + texts, later: later.filter(({ source }) => !isTexts(source)) };
};

/** @throws where the page has grown beyond what a first load may have */
export const checkPageSize = (folder: string): PageSize => {
  const size = pageSize(folder);
  if (size.firstLoad > largestFirstLoad)
    throw new Error(
      `the first load of the page is ${size.firstLoad.toFixed(1)} KB, more than ${largestFirstLoad}: load a part of it later`,
    );
  return size;
};
