// The rule of most products: a fixed probability for each stage, times the amount, in the month of an expected close date.
import { firstDaysOf, historyOf, type FlowEvent } from '@meilenstein/forecast/domain/engine/flow-events';
import { openStateOn, type OpportunityHistory } from '@meilenstein/forecast/domain/engine/history';
import { milestoneOrder } from '@meilenstein/forecast/domain/engine/milestone-order';
import type { AskedRival } from './rivals.ts';

const keyOf = (level: string, history: OpportunityHistory): string => {
  const place = history.places.at(-1)?.place;
  switch (level) {
    case 'team':
      return place?.teamId ?? '';
    case 'owner':
      return place?.ownerId ?? '';
    case 'segment':
      return place?.segment ?? '';
    default:
      return 'total';
  }
};

const arrivalOf = (history: OpportunityHistory | undefined): number => history?.places[0]?.since ?? 0;

/**
 * The stage-weighted pipeline: stages are equally spaced between 0 and 1, an opportunity is expected to close one mean cycle after it
 * arrived, and at once where that is past. It knows the order of
 * all milestones from the start, and must be asked from one origin after the other.
 */
export const fixedStage = (events: readonly FlowEvent[]): ((asked: AskedRival) => number | undefined) => {
  const byOpportunity = [...Map.groupBy(events, (event) => event.opportunityId).values()];
  const order = milestoneOrder(byOpportunity.map((own) => firstDaysOf(own, Number.POSITIVE_INFINITY)));
  const rank = new Map(order.map((id, at) => [id, at]));
  const histories = byOpportunity.map((own) => historyOf(own[0]?.opportunityId ?? '', own, rank));
  const arrivals = histories.toSorted((a, b) => arrivalOf(a) - arrivalOf(b));
  const cycles = histories
    .flatMap((history) => history.orders.slice(0, 1).map(({ day }) => ({ day, days: day - arrivalOf(history) })))
    .toSorted((a, b) => a.day - b.day);
  let [alive, next, closed, closedDays, today]: [OpportunityHistory[], number, number, number, number] = [
    [],
    0,
    0,
    0,
    Number.NEGATIVE_INFINITY,
  ];
  let open: { readonly history: OpportunityHistory; readonly expected: number; readonly worth: number }[] = [];
  const moveTo = (origin: number): void => {
    if (origin === today) return;
    today = origin;
    for (; next < arrivals.length && arrivalOf(arrivals[next]) < origin; next += 1) alive.push(...arrivals.slice(next, next + 1));
    for (; closed < cycles.length && (cycles[closed]?.day ?? 0) < origin; closed += 1) closedDays += cycles[closed]?.days ?? 0;
    alive = alive.filter((history) => openStateOn(history, origin - 1) !== undefined);
    open = alive.flatMap((history) => {
      const state = openStateOn(history, origin - 1);
      const share = state === undefined ? 0 : ((rank.get(state.milestone) ?? -1) + 1) / (order.length + 1);
      return [{ history, expected: Math.max(origin, arrivalOf(history) + closedDays / closed), worth: share * (state?.known ?? 0) }];
    });
  };
  const sums = new Map<string, ReadonlyMap<string, number>>();
  const sumsAt = ({ from, until, kind }: AskedRival): ReadonlyMap<string, number> => {
    if (from !== today) sums.clear();
    moveTo(from);
    const known = sums.get(kind);
    if (known !== undefined) return known;
    const found = new Map<string, number>();
    for (const { history, expected, worth } of open)
      if (expected < until)
        for (const level of ['total', 'team', 'owner', 'segment']) {
          const key = `${level}\n${keyOf(level, history)}`;
          found.set(key, (found.get(key) ?? 0) + worth);
        }
    sums.set(kind, found);
    return found;
  };
  return (asked) => sumsAt(asked).get(`${asked.level}\n${asked.key}`) ?? 0;
};
