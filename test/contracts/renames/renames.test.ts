import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../architecture/imports.ts';
import { everyServiceRenames } from './every-service.ts';
import { forecastRenames } from './forecast.ts';
import { leadsRenames } from './leads.ts';
import { pipelineRenames } from './pipeline.ts';
import { quotaRenames } from './quota.ts';
import type { Renames } from './renames.ts';
import { reportingRenames } from './reporting.ts';

const all = [everyServiceRenames, forecastRenames, leadsRenames, pipelineRenames, quotaRenames, reportingRenames];
const published = ['openapi.json', 'asyncapi.json'].map((file) => readFileSync(join(root, 'docs/api', file), 'utf8')).join('\n');

/** A name as a whole word of the published documents; hyphens and slashes belong to it. */
const isPublished = (name: string): boolean =>
  new RegExp(`(?<![\\w/-])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w/-])`).test(published);

const pairs = (kind: Exclude<keyof Renames, 'fields'>): [string, string][] => all.flatMap((renames) => Object.entries(renames[kind]));

describe('a name that was changed before the first release', () => {
  it.each(['codes', 'events', 'paths'] as const)('is gone from the published API under its old name: %s', (kind) => {
    expect(pairs(kind).filter(([old]) => isPublished(old))).toEqual([]);
  });

  it.each(['codes', 'events', 'paths'] as const)('is in the published API under its new name: %s', (kind) => {
    expect(pairs(kind).filter(([, now]) => !isPublished(now))).toEqual([]);
  });
});
