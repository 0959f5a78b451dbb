import {
  importStarted,
  importStatus,
  organisation as organisationSchema,
  processView,
  settings as settingsSchema,
  type ImportStatus,
  type LeadRow,
  type OpportunityRow,
} from '@meilenstein/contracts';
import { addDays, day, dayOf, Temporal, timeZone, toInstant, type Instant } from '@meilenstein/kernel';
import type { Cloud } from '@meilenstein/local';
import * as z from 'zod';
import { organisation, plan, process, settings } from './documents.ts';
import { criteria, points, segments } from './lead-rules.ts';
import { history } from './history.ts';
import { setUpPromises } from './promises.ts';
import { seeded } from './random.ts';
import { setUpRouting } from './routing.ts';
import { visitor, type Visitor } from './visitor.ts';

export type CompanySize = { readonly leads: number; readonly opportunities: number };
export type Loaded = { readonly leads: ImportStatus; readonly opportunities: ImportStatus };

/** Uploads a file whose import begins by itself; answers the id of the import. */
export const upload = async (
  operations: Visitor,
  kind: 'leads' | 'opportunities',
  rows: readonly (LeadRow | OpportunityRow)[],
): Promise<string> => {
  const started = await operations.send(importStarted, 'POST', `/${kind}/imports`, { body: { system: 'old-crm' } });
  const { url, method, contentType } = started.upload;
  const answer = await fetch(url, {
    method,
    headers: { 'content-type': contentType },
    body: rows.map((row) => JSON.stringify(row)).join('\n'),
  });
  if (!answer.ok) throw new Error(`upload of ${kind}: ${answer.status} ${await answer.text()}`);
  return started.importId;
};

/** Uploads a file and waits until each of its rows has a state. */
export const importRows = async (
  cloud: Cloud,
  operations: Visitor,
  kind: 'leads' | 'opportunities',
  rows: readonly (LeadRow | OpportunityRow)[],
): Promise<ImportStatus> => {
  const importId = await upload(operations, kind, rows);
  await cloud.quiet(240_000);
  return operations.get(importStatus, `/${kind}/imports/${importId}`);
};

/** Sets a company up through the public API: settings, organisation, process, plans, and the rules about leads. */
export const setUpCompany = async (operations: Visitor, now: Instant): Promise<void> => {
  const today = dayOf(now, timeZone.parse('Europe/Berlin'));
  const since = addDays(today, -800);
  const { year } = Temporal.PlainDate.from(today);
  const created = { create: true } as const;
  await operations.send(settingsSchema, 'PUT', '/settings', { ...created, body: settings(today) });
  await operations.send(organisationSchema, 'PUT', '/organisation', { ...created, body: organisation(seeded(1), since) });
  await operations.send(processView, 'PUT', `/processes/${process.processId}`, {
    ...created,
    body: { name: process.name, milestones: process.milestones },
  });
  for (const one of [year - 1, year])
    await operations.send(z.unknown(), 'PUT', `/plans/plan-${one}`, { ...created, body: plan(one, day.parse(`${one}-01-01`)) });
  await operations.send(z.unknown(), 'PUT', '/points', { ...created, body: points });
  await operations.send(z.unknown(), 'PUT', '/qualification', { ...created, body: criteria });
  await operations.send(z.unknown(), 'PUT', '/segments', { ...created, body: { segments } });
};

/** The whole demo company: set up, then a year of history through the imports. */
export const loadCompany = async (
  cloud: Cloud,
  { now, seed, size }: { readonly now: Instant; readonly seed: number; readonly size: CompanySize },
): Promise<Loaded> => {
  const operations = await visitor(cloud, 'operations', 'login-operations');
  await setUpCompany(operations, now);
  await cloud.quiet();
  await setUpRouting(operations, now);
  await setUpPromises(operations, toInstant(Date.now()));
  await cloud.quiet();
  const past = history(seeded(seed), now, size);
  return {
    leads: await importRows(cloud, operations, 'leads', past.leads),
    opportunities: await importRows(cloud, operations, 'opportunities', past.opportunities),
  };
};
