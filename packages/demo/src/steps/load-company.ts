import type { ImportStatus } from '@meilenstein/contracts';
import { addDays, day, dayOf, Temporal, timeZone, toInstant, type Instant } from '@meilenstein/kernel';
import type { Cloud } from '@meilenstein/local';
import { organisation, plan, process, settings } from '../company/documents.ts';
import { criteria, points, segments } from '../company/lead-rules.ts';
import { history } from '../company/history.ts';
import { importRows } from './import-rows.ts';
import { setUpCommitments } from '../company/commitments.ts';
import { seeded } from '../company/random.ts';
import { setUpRouting } from '../company/routing.ts';
import { putDocument } from '../client/put-document.ts';
import { apiClient, type ApiCloud, type ApiClient } from '../client/api-client.ts';

export type CompanySize = { readonly leads: number; readonly opportunities: number };
export type ImportedCompany = { readonly leads: ImportStatus; readonly opportunities: ImportStatus };

/** Sets a company up through the public API: settings, organisation, process, plans, and the rules about leads. */
export const setUpCompany = async (cloud: ApiCloud, operations: ApiClient, now: Instant): Promise<void> => {
  const today = dayOf(now, timeZone.parse('Europe/Berlin'));
  const since = addDays(today, -800);
  const { year } = Temporal.PlainDate.from(today);
  const put = (path: string, body: unknown): Promise<void> => putDocument(cloud, operations, path, body);
  await put('/settings', settings(today));
  await put('/organisation', organisation(seeded(1), since));
  await put(`/processes/${process.processId}`, { name: process.name, milestones: process.milestones });
  for (const one of [year - 1, year]) await put(`/plans/plan-${one}`, plan(one, day.parse(`${one}-01-01`)));
  await put('/points', points);
  await put('/qualification', criteria);
  await put('/segments', { segments });
};

/** Sets up routing, service levels and follow-up. The organisation must have arrived before. */
export const setUpRules = async (cloud: ApiCloud, operations: ApiClient, now: Instant): Promise<void> => {
  await setUpRouting(cloud, operations, now);
  // A commitment is for the current month: that of an interrupted start may be over.
  await setUpCommitments(cloud, operations, toInstant(Date.now()));
};

/** The whole demo company: set up, then a year of history through the imports. */
export const loadCompany = async (
  cloud: Cloud,
  { now, seed, size }: { readonly now: Instant; readonly seed: number; readonly size: CompanySize },
): Promise<ImportedCompany> => {
  const operations = await apiClient(cloud, 'operations', 'login-operations');
  await setUpCompany(cloud, operations, now);
  await cloud.quiet();
  await setUpRules(cloud, operations, now);
  await cloud.quiet();
  const past = history(seeded(seed), now, size);
  return {
    leads: await importRows(cloud, operations, { kind: 'leads', rows: past.leads }),
    opportunities: await importRows(cloud, operations, { kind: 'opportunities', rows: past.opportunities }),
  };
};
