import { createReadStream, openSync, readSync, closeSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { dayNumberOf } from '@meilenstein/forecasting/input/months';
import type { FlowEvent } from '@meilenstein/forecasting/counts/flow-events';
import { parse } from 'csv-parse';
import type { RepEstimate } from './rep-estimates.ts';

const columns = ['opportunity_id', 'at', 'event', 'milestone', 'amount', 'owner', 'team', 'segment'] as const;
const kinds = ['created', 'milestone', 'won', 'lost'] as const;

type Where = { readonly line: number; readonly field: string; readonly value: string };

const refuse = ({ line, field, value }: Where, rule: string): never => {
  throw new RangeError(`line ${line}, ${field} ${JSON.stringify(value)}: ${rule}`);
};

/** Days that were parsed before: files have few days and many lines. */
const knownDays = new Map<string, number>();

const dayIn = (where: Where): number => {
  const known = knownDays.get(where.value);
  if (known !== undefined) return known;
  const [, year, month, dayOfMonth] = (/^(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$/.exec(where.value) ?? []).map(Number);
  if (year === undefined || month === undefined || dayOfMonth === undefined)
    return refuse(where, 'must be a date such as 2026-11-24; a time after it is ignored');
  const number = dayNumberOf(year, month, dayOfMonth);
  const isReal = month >= 1 && month <= 12 && dayOfMonth >= 1 && new Date(number * 86_400_000).getUTCDate() === dayOfMonth;
  if (!isReal) return refuse(where, 'must be a day that exists');
  knownDays.set(where.value, number);
  return number;
};

const amountIn = (where: Where): number | null => {
  if (where.value === '') return null;
  if (!/^\d+(\.\d+)?$/.test(where.value)) return refuse(where, 'must be a decimal number that is not negative, or empty');
  const minor = Math.round(Number(where.value) * 100);
  // squares and sums of amounts stay exact below this
  if (minor > 1e14) return refuse(where, 'must be at most a trillion');
  return minor;
};

const percentIn = (where: Where): number => {
  const percent = Number(where.value);
  return /^\d+(\.\d+)?$/.test(where.value) && percent <= 100 ? percent : refuse(where, 'must be a percentage from 0 to 100');
};

const kindIn = (where: Where): FlowEvent['kind'] =>
  kinds.find((kind) => kind === where.value) ?? refuse(where, `must be one of ${kinds.join(', ')}`);

const isGzip = (path: string): boolean => {
  const file = openSync(path, 'r');
  const head = Buffer.alloc(2);
  readSync(file, head, 0, 2, 0);
  closeSync(file);
  return head[0] === 0x1f && head[1] === 0x8b;
};

/** Shares equal texts, so that a large file fits into memory. */
const interned = (): ((text: string) => string) => {
  const texts = new Map<string, string>();
  return (text) => {
    const known = texts.get(text);
    if (known !== undefined) return known;
    texts.set(text, text);
    return text;
  };
};

const eventReader = (header: readonly string[]) => {
  const missing = columns.filter((column) => !header.includes(column));
  if (missing.length > 0) refuse({ line: 1, field: 'header', value: header.join(',') }, `lacks ${missing.join(', ')}`);
  const at = (column: string) => header.indexOf(column);
  const [id, happened, event, milestone, amount, owner, team, segment, recorded] = [...columns, 'recorded_at'].map(at);
  const [percent, closes] = ['rep_percent', 'expected_close'].map(at);
  const one = interned();
  return (row: readonly string[], line: number): FlowRow => {
    const where = (field: string, index: number | undefined): Where => ({ line, field, value: (row[index ?? -1] ?? '').trim() });
    const opportunity = where('opportunity_id', id);
    const percentText = where('rep_percent', percent);
    const isEstimate = percentText.value !== '' && where('event', event).value === 'estimate';
    const kind = isEstimate ? null : kindIn(where('event', event));
    if (opportunity.value === '') return refuse(opportunity, 'must name an opportunity');
    const reached = where('milestone', milestone);
    if (kind === 'milestone' && reached.value === '') return refuse(reached, 'must name the milestone that was reached');
    const late = where('recorded_at', recorded);
    const happenedOn = dayIn(where('at', happened));
    const day = late.value === '' ? happenedOn : dayIn(late);
    const opportunityId = one(opportunity.value);
    const expected = where('expected_close', closes);
    const estimate =
      percentText.value === ''
        ? []
        : [{ opportunityId, day, percent: percentIn(percentText), closesOn: expected.value === '' ? null : dayIn(expected) }];
    if (kind === null) return { events: [], estimates: estimate };
    const read = {
      opportunityId,
      day,
      kind,
      milestone: one(reached.value),
      minor: amountIn(where('amount', amount)),
      owner: one(where('owner', owner).value),
      team: one(where('team', team).value),
      segment: one(where('segment', segment).value),
    };
    return { events: [read], estimates: estimate };
  };
};

/** The content of a flow file: events, and apart from them rep estimates, which no forecast reads. */
type FlowRow = { readonly events: readonly FlowEvent[]; readonly estimates: readonly RepEstimate[] };

/**
 * The events of a flow file, plain or gzipped, and the estimates in its optional columns `rep_percent` and `expected_close`. An event
 * `estimate` holds only an estimate. Throws a RangeError that names line, field, value and rule.
 */
export const readFlow = async (path: string): Promise<FlowRow> => {
  const bytes = createReadStream(path);
  const text = isGzip(path) ? bytes.pipe(createGunzip()) : bytes;
  const rows = text.pipe(parse({ bom: true, skip_empty_lines: true, relax_column_count: true, info: true }));
  const events: FlowEvent[] = [];
  const estimates: RepEstimate[] = [];
  let read: ReturnType<typeof eventReader> | undefined;
  for await (const { record, info } of rows) {
    if (read === undefined) {
      read = eventReader(record);
      continue;
    }
    const row = read(record, info.lines);
    events.push(...row.events);
    estimates.push(...row.estimates);
  }
  return { events, estimates };
};

/** The events of a flow file alone. */
export const readFlowFile = async (path: string): Promise<readonly FlowEvent[]> => (await readFlow(path)).events;
