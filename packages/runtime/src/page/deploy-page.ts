import * as z from 'zod';

/** A file of the page; its path begins below `/app/`. */
export type PageFile = { readonly path: string; readonly bytes: Uint8Array };

/** How an object is served, and whether a newer release has replaced it. */
export type PageObject = { readonly contentType: string; readonly cacheControl: string; readonly isSuperseded: boolean };

/** The bucket that the page is served from. */
export type PageBucket = {
  readonly get: (key: string) => Promise<Uint8Array | undefined>;
  readonly put: (key: string, bytes: Uint8Array, about: PageObject) => Promise<void>;
};

const released = z.object({ assets: z.array(z.string()) });

/** Which assets the release has that is complete; outside `app/`, so that nobody is served it. */
const currentRelease = 'releases/current.json';
/** So many objects are written at the same time. */
const atOnce = 8;

const contentTypes: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  ico: 'image/x-icon',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  webmanifest: 'application/manifest+json',
  woff2: 'font/woff2',
};

const isAsset = (path: string): boolean => path.startsWith('assets/');

const objectFor = (path: string, isSuperseded = false): PageObject => ({
  contentType: contentTypes[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream',
  // The name of an asset holds a hash of its content; everything else keeps its name and changes.
  cacheControl: isAsset(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
  isSuperseded,
});

const inTurn = async <Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> => {
  for (let start = 0; start < items.length; start += atOnce) await Promise.all(items.slice(start, start + atOnce).map(work));
};

const jsonBytes = (value: unknown): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value, undefined, 2)}\n`);

/**
 * Lays a release of the page down. Assets come first and `index.html`, which names them, comes last: whoever loads the page meanwhile gets
 * the old release or the new one as a whole. Assets that the release no longer has stay, because open tabs ask for them; they are written
 * anew with a mark, and the bucket's lifecycle removes them a month after that. Doing it again changes nothing.
 * @param config what only the deployment knows, served as `config.json`
 */
export const deployPage = async (
  { files, config }: { readonly files: readonly PageFile[]; readonly config: unknown },
  bucket: PageBucket,
): Promise<void> => {
  const put = ({ path, bytes }: PageFile): Promise<void> => bucket.put(`app/${path}`, bytes, objectFor(path));
  const stored = await bucket.get(currentRelease);
  const before = stored === undefined ? [] : released.parse(JSON.parse(new TextDecoder().decode(stored))).assets;
  const assets = files.filter(({ path }) => isAsset(path));
  const documents = files.filter(({ path }) => !isAsset(path) && path !== 'index.html');
  const index = files.filter(({ path }) => path === 'index.html');
  if (index.length === 0) throw new Error('the page has no index.html');

  await inTurn(
    assets.filter(({ path }) => !before.includes(path)),
    put,
  );
  await inTurn(documents, put);
  await put({ path: 'config.json', bytes: jsonBytes(config) });
  await inTurn(index, put);

  const now = assets.map(({ path }) => path);
  await inTurn(
    before.filter((path) => !now.includes(path)),
    async (path) => {
      const bytes = await bucket.get(`app/${path}`);
      if (bytes !== undefined) await bucket.put(`app/${path}`, bytes, objectFor(path, true));
    },
  );
  await bucket.put(currentRelease, jsonBytes({ assets: now }), objectFor(currentRelease));
};
