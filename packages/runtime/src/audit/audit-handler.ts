import { longestAuditDays, type AuditedCommit, type AuditQuery, type RawRequest, type ServiceName } from '@meilenstein/contracts';
import { addMillis, epochMillis, refused, type Clock, type Language } from '@meilenstein/kernel';
import type { Table } from '../table/table.ts';
import { auditCsv } from './audit-csv.ts';
import { auditedCommits, type AuditedService } from './audited-commits.ts';
import { daysOf, findCommits, spanOf, type AuditSearch } from './find-commits.ts';

type Deps = { readonly table: Table; readonly clock: Clock };
type Request = { readonly query: AuditQuery; readonly language: Language; readonly raw: RawRequest };

const longestMillis = longestAuditDays * 24 * 3600_000;

/** The partition that `aggregate` stands for, or why there is none. */
const partitionOf = (text: string, { aggregates }: AuditedService) => {
  const [kind, id] = [text.slice(0, text.indexOf(':')), text.slice(text.indexOf(':') + 1)];
  const aggregate = Object.entries(aggregates).find(([name]) => name === kind)?.[1];
  return aggregate === undefined
    ? refused('aggregate-kind-not-found', `aggregate: this service has ${Object.keys(aggregates).toSorted().join(', ')}`, {
        field: 'aggregate',
        value: kind,
      })
    : { partition: `${aggregate.prefix}#${id}` };
};

/** What a query asks for, or why it cannot be answered. */
const searchOf = (query: AuditQuery, service: AuditedService, clock: Clock) => {
  const asked = spanOf(query);
  // What is stored at this very moment is in.
  const { until = addMillis(clock.now(), 1) } = asked;
  const isOpen = query.subject === undefined && query.aggregate === undefined;
  const from = asked.from ?? (isOpen ? addMillis(until, -longestMillis) : undefined);
  if (from !== undefined && from >= until) return refused('audit-range-empty', 'from: must be before `until`', { field: 'from' });
  if (isOpen && from !== undefined && epochMillis(until) - epochMillis(from) > longestMillis)
    return refused('audit-range-too-long', `from: at most ${longestAuditDays} days, unless you name a subject or an aggregate`, {
      field: 'from',
    });
  const place = query.aggregate === undefined ? { partition: undefined } : partitionOf(query.aggregate, service);
  if ('refused' in place) return place;
  const days = isOpen && from !== undefined ? daysOf(from, until) : [];
  const search: AuditSearch = { subject: query.subject, partition: place.partition, span: { from, until }, days };
  return { search };
};

/** The address of the next page, as the caller asked for this one. */
const linkTo = (name: ServiceName, { query }: RawRequest, cursor: string): string =>
  `</audit/${name}?${new URLSearchParams({ ...query, cursor }).toString()}>; rel="next"`;

/** The handler of `GET /audit/<service>`: who did what, from the commits that stand in the service's table. */
export const auditHandler =
  (deps: Deps, name: ServiceName, service: AuditedService) =>
  async ({ query, language, raw }: Request) => {
    const asked = searchOf(query, service, deps.clock);
    if ('refused' in asked) return asked;
    const { commits, next } = await findCommits(deps.table, asked.search, query);
    const items: readonly AuditedCommit[] = await auditedCommits(deps.table, service, commits, language);
    const headers = next === null ? {} : { link: linkTo(name, raw, next) };
    if (query.format === 'json') return { status: 200 as const, body: { items: [...items], next }, headers };
    const file = { 'content-disposition': `attachment; filename="audit-${name}.csv"` };
    return { status: 200 as const, contentType: 'text/csv' as const, body: auditCsv(items, language), headers: { ...headers, ...file } };
  };
