import { day, instant, type Day, type Instant } from '@meilenstein/kernel';
import { eventMoney, type Company } from '@meilenstein/contracts';
import { queryAll, type Item, type Table } from '@meilenstein/runtime';
import * as z from 'zod';
import type { Arrivals, Booked, Facts, Flow, OpenOpportunity, OrderSums, ProcessVersion } from '../domain/facts.ts';
import { valueOf, type Settings } from '../domain/question.ts';
import { keys, monthOf, shards } from './keys.ts';
import { squaresOf, type PipelineView } from './pipeline-view.ts';

/** Full months of history that a forecast reads beside the current one. */
const monthsOfHistory = 24;

/** From when (included) until when (not) something counts as booked. */
export type Span = { readonly from: Instant; readonly until: Instant };

/** Narrows what is read of open opportunities and orders; absent: the whole company. */
export type Narrowed = { readonly teamIds?: readonly string[]; readonly repId?: string };

export type FactStore = {
  /** what is known of the company: processes, counters, the latest recording */
  readonly history: (
    settings: Settings,
    at: Instant,
  ) => Promise<Pick<Facts, 'processes' | 'flow' | 'arrivals' | 'orders' | 'recordedUntil'>>;
  /** open opportunities of a node, by team and rep */
  readonly open: (company: Company, today: Day, narrowed: Narrowed) => Promise<readonly OpenOpportunity[]>;
  /** orders less cancellations recorded in a span */
  readonly booked: (company: Company, settings: Settings, span: Span, narrowed: Narrowed) => Promise<readonly Booked[]>;
};

const counters = z.record(z.string(), z.unknown());
const bookingItem = z.looseObject({ repId: z.string(), currency: z.string(), minor: z.int() });
const openItem = z.object({
  repId: z.string(),
  processId: z.string(),
  processVersion: z.int(),
  milestoneId: z.string().nullable(),
  amount: eventMoney.nullable(),
});

/** Counters by name, in a fixed order; one that went up and down again is as if it had never been. */
const countsOf = (item: Item): readonly (readonly [string, number])[] =>
  Object.entries(counters.parse(item))
    .flatMap(([name, count]) => (typeof count === 'number' && count !== 0 ? [[name, count] as const] : []))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));

const monthsUntil = (at: Instant): readonly string[] => {
  const [year, month] = monthOf(at).split('-').map(Number);
  const last = (year ?? 0) * 12 + (month ?? 1) - 1;
  return Array.from({ length: monthsOfHistory + 1 }, (_, back) => {
    const n = last - back;
    return `${Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`;
  });
};

const flowOf = (item: Item): Flow => {
  const [, processId = '', milestone = ''] = item.sk.split('#');
  const counts = countsOf(item);
  const of = (name: string): number => counts.find(([one]) => one === name)?.[1] ?? 0;
  return {
    processId,
    milestoneId: milestone === '' ? null : milestone,
    entries: of('entries'),
    days: of('days'),
    won: of('won'),
    lost: of('lost'),
    to: Object.fromEntries(counts.flatMap(([name, count]) => (name.startsWith('to:') ? [[name.slice(3), count]] : []))),
  };
};

const addTo = (a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries([...new Set([...Object.keys(a), ...Object.keys(b)])].map((name) => [name, (a[name] ?? 0) + (b[name] ?? 0)]));

/** Months and shards added up: one flow for each milestone of each process. */
const summed = (flows: readonly Flow[]): readonly Flow[] =>
  [...Map.groupBy(flows, (flow) => `${flow.processId}\n${flow.milestoneId ?? ''}`).values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [
          others.reduce<Flow>(
            (sum, flow) => ({
              ...sum,
              entries: sum.entries + flow.entries,
              days: sum.days + flow.days,
              won: sum.won + flow.won,
              lost: sum.lost + flow.lost,
              to: addTo(sum.to, flow.to),
            }),
            first,
          ),
        ],
  );

const arrivalsOf = (item: Item): readonly Arrivals[] => {
  const [, teamId = '', repId = ''] = item.sk.split('#');
  const month = item.pk.slice(item.pk.indexOf('#') + 1);
  return countsOf(item).flatMap(([name, count]) =>
    name.startsWith('day:') ? [{ teamId, repId, day: day.parse(`${month}-${name.slice(4)}`), count }] : [],
  );
};

const orderSumsOf = (item: Item): OrderSums => {
  const [, , teamId = '', repId = ''] = item.sk.split('#');
  const counts = Object.fromEntries(countsOf(item));
  return {
    teamId,
    repId,
    wins: counts['wins'] ?? 0,
    minor: counts['minor'] ?? 0,
    squares: squaresOf(counts['squareHigh'] ?? 0, counts['squareLow'] ?? 0),
  };
};

/** Teams that may hold anything: known ones and those that people ever belonged to. */
const teamsOf = (company: Company): readonly string[] => [
  ...new Set([...company.teams.map((team) => team.teamId), ...company.reps.flatMap((rep) => rep.memberships.map((one) => one.teamId))]),
];

/** Reads the view back as facts. */
export const factStore = (table: Table, view: PipelineView): FactStore => {
  const processes = async (): Promise<readonly ProcessVersion[]> =>
    (await queryAll(table, { partition: 'PROCESSES' })).flatMap((item) =>
      view.processes.read(item).map(({ data }) => ({
        processId: data.processId,
        version: data.version,
        milestoneIds: data.milestones.map((one) => one.id),
      })),
    );

  const recordedUntil = async (): Promise<Instant | null> => {
    const latest = await Promise.all(shards.map((shard) => table.query({ partition: keys.heard(shard), descending: true, limit: 1 })));
    const found = latest.flatMap((page) => page.items.map((item) => instant.parse(item.sk.split('#')[0])));
    return found.toSorted().at(-1) ?? null;
  };

  return {
    history: async (settings, at) => {
      const months = await Promise.all(monthsUntil(at).map((month) => queryAll(table, { partition: keys.month(month) })));
      const items = months.flat().filter((item) => countsOf(item).length > 0);
      return {
        processes: await processes(),
        flow: summed(items.filter((item) => item.sk.startsWith('FLOW#')).map(flowOf)),
        arrivals: items.filter((item) => item.sk.startsWith('ARRIVALS#')).flatMap(arrivalsOf),
        orders: items.filter((item) => item.sk.startsWith(`ORDERS#${settings.currency}#`)).map(orderSumsOf),
        recordedUntil: await recordedUntil(),
      };
    },
    open: async (company, today, { teamIds = teamsOf(company), repId }) => {
      const narrow = repId === undefined ? {} : { prefix: keys.openOfRep(repId) };
      const items = await Promise.all(
        teamIds.map(async (teamId) =>
          (await queryAll(table, { partition: keys.openOf(teamId), ...narrow })).map((item) => ({ ...openItem.parse(item), teamId })),
        ),
      );
      return items.flat().map(({ amount, ...one }) => ({ ...one, value: valueOf(amount, company, today) }));
    },
    booked: async (company, settings, { from, until }, { teamIds = teamsOf(company), repId }) => {
      const items = await Promise.all(
        teamIds.map(async (teamId) =>
          (await queryAll(table, { partition: keys.bookings(teamId), between: [from, until] })).map((item) => ({
            ...bookingItem.parse(item),
            teamId,
          })),
        ),
      );
      return items.flat().filter((one) => one.currency === settings.currency && (repId === undefined || one.repId === repId));
    },
  };
};
