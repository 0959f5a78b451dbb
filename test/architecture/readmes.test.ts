import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allEvents, serviceNames } from '@meilenstein/contracts';
import { describe, expect, it } from 'vitest';
import { root } from './imports.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('what is written for people', () => {
  it.each(serviceNames)('the README of %s names every event that the service says', (service) => {
    const text = read(`services/${service}/README.md`);
    const missing = allEvents.filter((event) => event.owner === service && !text.includes(event.name)).map((event) => event.name);
    expect(missing).toEqual([]);
  });

  it.each(serviceNames)('the README of %s has its sections', (service) => {
    const text = read(`services/${service}/README.md`).toLowerCase();
    expect(['owns', 'hears', 'says', 'keeps', 'cost'].filter((section) => !text.includes(section))).toEqual([]);
  });

  it('every file that a page of ours points to exists', () => {
    const pages = globSync(['README.md', 'docs/**/*.md', 'services/*/README.md'], { cwd: root });
    const broken = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)/g)].flatMap(([, target]) => {
        const path = join(root, page, '..', target ?? '');
        return globSync(path).length > 0 ? [] : [`${page} -> ${target}`];
      }),
    );
    expect(broken).toEqual([]);
  });

  it('every event has a published sample that fits its definition', () => {
    const broken = allEvents.flatMap((event) => {
      try {
        event.parse(JSON.parse(read(`packages/contracts/samples/${event.name}.v${event.version}.json`)));
        return [];
      } catch (error) {
        return [`${event.name}: ${error instanceof Error ? error.message.slice(0, 120) : 'unknown'}`];
      }
    });
    expect(broken).toEqual([]);
  });

  it('no source file overrules the formatter', () => {
    const files = globSync('{packages,services,infra,test}/**/*.{ts,tsx}', { cwd: root, exclude: ['**/node_modules/**', '**/dist/**'] });
    const ignore = ['prettier', 'ignore'].join('-');
    expect(files.filter((file) => read(file).includes(ignore))).toEqual([]);
  });
});
