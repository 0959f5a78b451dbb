import type { AuditedCommit, Company } from '@meilenstein/contracts';
import type { Language } from '@meilenstein/kernel';
import type { Table } from '../table/table.ts';
import { auditedCommits, type AuditedService } from './audited-commits.ts';
import { findCommits } from './find-commits.ts';
import { recordedBy } from './recorded-by.ts';

type Record = { readonly kind: string; readonly id: string };
type Page = { readonly limit: number; readonly cursor?: string | undefined };

const entryOf = (company: Company, { storedAt, actor, origin, events }: AuditedCommit) => ({
  recordedAt: storedAt,
  recordedBy: recordedBy(company, actor),
  origin,
  events,
});

/**
 * The history of one record, the newest first: the audit of its aggregate, for those who may see the record. It names reps and no subject of
 * a token. The caller of this function has decided that the record may be seen.
 */
export const recordHistory = async (
  deps: { readonly table: Table },
  service: AuditedService,
  {
    record,
    company,
    language,
    page,
  }: { readonly record: Record; readonly company: Company; readonly language: Language; readonly page: Page },
) => {
  const prefix = service.aggregates[record.kind]?.prefix;
  if (prefix === undefined) throw new Error(`the audit has no ${record.kind}`);
  const partition = `${prefix}#${record.id}`;
  const { commits, next } = await findCommits(
    deps.table,
    { subject: undefined, partition, span: { from: undefined, until: undefined }, days: [] },
    page,
  );
  const items = await auditedCommits(deps.table, service, commits, language);
  return { items: items.map((one) => entryOf(company, one)), next };
};
