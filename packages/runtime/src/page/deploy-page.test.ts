import { describe, expect, it } from 'vitest';
import { deployPage, type PageBucket, type PageFile, type PageObject } from './deploy-page.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const release = (...assets: readonly string[]): readonly PageFile[] =>
  ['index.html', 'icon.svg', ...assets.map((name) => `assets/${name}`)].map((path) => ({ path, bytes: bytes(path) }));
const config = { issuer: 'https://issuer.example' };

const memory = () => {
  const objects = new Map<string, PageObject & { readonly text: string }>();
  const written: string[] = [];
  const bucket: PageBucket = {
    get: async (key) => {
      const found = objects.get(key);
      return found === undefined ? undefined : bytes(found.text);
    },
    put: async (key, content, about) => {
      written.push(key);
      objects.set(key, { ...about, text: new TextDecoder().decode(content) });
    },
  };
  return { bucket, objects, written };
};

describe('a release of the page', () => {
  it('has its assets laid down before the document that names them', async () => {
    const { bucket, written } = memory();
    await deployPage({ files: release('a-1.js', 'b-1.css'), config }, bucket);
    expect(written).toEqual([
      'app/assets/a-1.js',
      'app/assets/b-1.css',
      'app/icon.svg',
      'app/config.json',
      'app/index.html',
      'releases/current.json',
    ]);
  });

  it('lets browsers keep assets for good and ask for everything else each time', async () => {
    const { bucket, objects } = memory();
    await deployPage({ files: release('a-1.js'), config }, bucket);
    expect(objects.get('app/assets/a-1.js')).toMatchObject({
      contentType: 'text/javascript; charset=utf-8',
      cacheControl: 'public, max-age=31536000, immutable',
    });
    expect(objects.get('app/index.html')).toMatchObject({ contentType: 'text/html; charset=utf-8', cacheControl: 'no-cache' });
    expect(objects.get('app/config.json')).toMatchObject({ cacheControl: 'no-cache' });
    expect(JSON.parse(objects.get('app/config.json')?.text ?? '')).toEqual(config);
  });

  it('keeps the assets of the release before and marks them as superseded', async () => {
    const { bucket, objects } = memory();
    await deployPage({ files: release('a-1.js', 'same.js'), config }, bucket);
    await deployPage({ files: release('a-2.js', 'same.js'), config }, bucket);
    const marks = [...objects].filter(([key]) => key.startsWith('app/assets/')).map(([key, { isSuperseded }]) => [key, isSuperseded]);
    expect(marks).toEqual([
      ['app/assets/a-1.js', true],
      ['app/assets/same.js', false],
      ['app/assets/a-2.js', false],
    ]);
  });

  it('writes an asset of neither release twice, so that the days of a superseded one go on', async () => {
    const { bucket, written } = memory();
    await deployPage({ files: release('a-1.js'), config }, bucket);
    await deployPage({ files: release('a-2.js'), config }, bucket);
    written.length = 0;
    await deployPage({ files: release('a-2.js'), config }, bucket);
    expect(written.filter((key) => key.startsWith('app/assets/'))).toEqual([]);
  });

  it('takes the mark off an asset that an older release brings back', async () => {
    const { bucket, objects } = memory();
    for (const asset of ['a-1.js', 'a-2.js', 'a-1.js']) await deployPage({ files: release(asset), config }, bucket);
    expect(objects.get('app/assets/a-1.js')).toMatchObject({ isSuperseded: false });
    expect(objects.get('app/assets/a-2.js')).toMatchObject({ isSuperseded: true });
  });

  it('is refused without index.html, before anything is written', async () => {
    const { bucket, written } = memory();
    await expect(deployPage({ files: [{ path: 'assets/a.js', bytes: bytes('') }], config }, bucket)).rejects.toThrow('index.html');
    expect(written).toEqual([]);
  });
});
