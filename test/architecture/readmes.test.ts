import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allEvents, allSubscriptions, serviceNames, type ServiceName } from '@meilenstein/contracts';
import { describe, expect, it } from 'vitest';
import { root } from './imports.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** The names of events between backticks in the points of a service's README that begin with a word in bold. */
const eventsUnder = (word: 'Emits' | 'Receives', service: ServiceName): ReadonlySet<string> => {
  const points = [...read(`services/${service}/README.md`).matchAll(/^- \*\*(\w+)\*\* (.*(?:\n(?!- |\n).*)*)/gm)];
  const quoted = points.filter(([, first]) => first === word).flatMap(([, , text = '']) => [...text.matchAll(/`([^`]+)`/g)]);
  return new Set(quoted.flatMap(([, names = '']) => names.split(/\s+/)));
};

describe('the documentation', () => {
  it.each(serviceNames)('the README of %s names exactly the events that the service emits', (service) => {
    const emitted = allEvents.filter((event) => event.owner === service).map((event) => event.name);
    expect(eventsUnder('Emits', service)).toEqual(new Set(emitted));
  });

  it.each(serviceNames)('the README of %s names exactly the events that its subscriptions receive', (service) => {
    const subscriptions = allSubscriptions.filter((subscription) => subscription.service === service);
    const received = subscriptions.flatMap((subscription) => subscription.receives.map((event) => event.name));
    expect(eventsUnder('Receives', service)).toEqual(new Set(received));
  });

  it.each(serviceNames)('the README of %s has its sections', (service) => {
    const text = read(`services/${service}/README.md`).toLowerCase();
    expect(['owns', 'receives', 'emits', 'keeps', 'cost'].filter((section) => !text.includes(section))).toEqual([]);
  });

  it('every linked file exists', () => {
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
