import { addDays, addMillis, toInstant, utcDayOf, type Day, type Instant } from '@meilenstein/kernel';
import { auditOfDay, auditOfSubject, commit, commitPrefix, type Commit } from '../aggregate/commit.ts';
import { cursorAdvice, fromCursor, InvalidCursor, toCursor } from '../table/cursor.ts';
import type { Query, Table } from '../table/table.ts';

/** Half-open; absent: without a bound. */
export type AuditSpan = { readonly from: Instant | undefined; readonly until: Instant | undefined };

/** What is asked for. Without a subject or an aggregate it is what callers did in the span, day by day. */
export type AuditSearch = {
  readonly subject: string | undefined;
  /** the partition of an aggregate */
  readonly partition: string | undefined;
  readonly span: AuditSpan;
  readonly days: readonly Day[];
};

type Page = { readonly limit: number; readonly cursor?: string | undefined };
type Found = { readonly commits: readonly Commit[]; readonly next: string | null };

/** Index entries begin with the time, so an instant sorts before all entries of its own moment. */
const [first, last] = ['0', '~'];

type List = Omit<Query, 'limit' | 'after'>;

/** The lists of an index that are read one after the other, each from its newest entry on. */
const listsOf = ({ subject, span, days }: AuditSearch): readonly List[] => {
  const between = [span.from ?? first, span.until ?? last] as const;
  if (subject !== undefined) return [{ index: 'gsi1', partition: auditOfSubject(subject), between, descending: true }];
  return days.map((on) => ({ index: 'gsi2', partition: auditOfDay(on), between, descending: true }));
};

/** The days of a span, the newest first. */
export const daysOf = (from: Instant, until: Instant): readonly Day[] => {
  const days: Day[] = [];
  for (let on = utcDayOf(addMillis(until, -1)); on >= utcDayOf(from); on = addDays(on, -1)) days.push(on);
  return days;
};

/** An aggregate is not listed by subject or time. */
const isWanted =
  ({ subject, span }: AuditSearch) =>
  ({ actor, storedAt }: Commit): boolean => {
    const isInSpan = (span.from === undefined || storedAt >= span.from) && (span.until === undefined || storedAt < span.until);
    return isInSpan && (subject === undefined || (actor?.kind === 'caller' && actor.subject === subject));
  };

/** The commits of an aggregate; the cursor is the last one that was read, so that what is skipped costs no page of its own. */
const ofAggregate = async (table: Table, partition: string, search: AuditSearch, { limit, cursor }: Page): Promise<Found> => {
  const start = cursor === undefined ? undefined : fromCursor(cursor, ['list', 'below']);
  if (start !== undefined && start.list !== partition) throw new InvalidCursor(cursorAdvice);
  const newest = start === undefined ? `${commitPrefix}${last}` : start.below;
  const commits: Commit[] = [];
  for await (const one of commitsBetween(table, partition, [commitPrefix, newest], 'newest-first')) {
    if (one.sk === start?.below || !isWanted(search)(one)) continue;
    const previous = commits.at(-1);
    if (commits.length === limit && previous !== undefined) return { commits, next: toCursor({ list: partition, below: previous.sk }) };
    commits.push(one);
  }
  return { commits, next: null };
};

/** Finds commits, newest first. Throws InvalidCursor for the cursor of another list. */
export const findCommits = async (table: Table, search: AuditSearch, page: Page): Promise<Found> =>
  search.partition === undefined ? ofLists(table, listsOf(search), page) : ofAggregate(table, search.partition, search, page);

const ofLists = async (table: Table, lists: readonly List[], { limit, cursor }: Page): Promise<Found> => {
  const start = cursor === undefined ? undefined : fromCursor(cursor, ['list']);
  const begin = start === undefined ? 0 : lists.findIndex(({ partition }) => partition === start.list);
  if (begin < 0) throw new InvalidCursor(cursorAdvice);
  const commits: Commit[] = [];
  let after = start?.['after'];
  for (const list of lists.slice(begin)) {
    do {
      if (commits.length === limit) return { commits, next: toCursor({ list: list.partition, ...(after === undefined ? {} : { after }) }) };
      const page = await table.query({ ...list, limit: limit - commits.length, ...(after === undefined ? {} : { after }) });
      commits.push(...page.items.map((item) => commit.parse(item)));
      after = page.next ?? undefined;
    } while (after !== undefined);
  }
  return { commits, next: null };
};

const commitsBetween = async function* (
  table: Table,
  partition: string,
  between: readonly [string, string],
  order: 'newest-first' | 'oldest-first',
): AsyncGenerator<Commit> {
  const descending = order === 'newest-first';
  let after: string | undefined;
  do {
    const page = await table.query({ partition, between, descending, limit: 200, ...(after === undefined ? {} : { after }) });
    for (const item of page.items) yield commit.parse(item);
    after = page.next ?? undefined;
  } while (after !== undefined);
};

/** Every commit of an aggregate up to one of them, oldest first, page by page. */
export const commitsUpTo = (table: Table, partition: string, newest: string): AsyncGenerator<Commit> =>
  commitsBetween(table, partition, [commitPrefix, newest], 'oldest-first');

/** What the parameters mean: a day begins at midnight UTC, and as an end it is included. */
export const spanOf = ({ from, until }: { readonly from?: string | undefined; readonly until?: string | undefined }): AuditSpan => ({
  from: from === undefined ? undefined : startOf(from),
  until: until === undefined ? undefined : until.includes('T') ? toInstant(until) : addMillis(startOf(until), millisOfDay),
});

const millisOfDay = 24 * 3600_000;
const startOf = (text: string): Instant => toInstant(text.includes('T') ? text : `${text}T00:00:00Z`);
