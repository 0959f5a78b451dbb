// The baseline made of rep estimates of a former system: probability × amount in the window in which the order was expected.
import type { FlowEvent } from '@meilenstein/forecasting/counts/flow-events';
import type { BaselineQuestion } from './baselines.ts';

/** An estimate since a day of recording. `closesOn` null: no order was expected. */
export type RepEstimate = {
  readonly opportunityId: string;
  readonly day: number;
  readonly percent: number;
  readonly closesOn: number | null;
};

type Open = { readonly last: FlowEvent; readonly minor: number | null };

/** With estimates for a smaller share of open opportunities the baseline gives no figure. */
const leastKnown = 0.5;

const kindOrder = { created: 0, milestone: 1, lost: 2, won: 3 } as const;

const keysOf = ({ team, owner, segment }: FlowEvent): readonly string[] => [
  'total\ntotal',
  `team\n${team}`,
  `owner\n${owner}`,
  `segment\n${segment}`,
];

/** Open opportunities and their estimates at the beginning of days, which must be asked for in ascending order. */
const walk = (events: readonly FlowEvent[], estimates: readonly RepEstimate[]) => {
  const sortedEvents = events.toSorted((a, b) => a.day - b.day || kindOrder[a.kind] - kindOrder[b.kind]);
  const sortedEstimates = estimates.toSorted((a, b) => a.day - b.day);
  const [open, held, over] = [new Map<string, Open>(), new Map<string, RepEstimate>(), new Set<string>()];
  let [nextEvent, nextEstimate] = [0, 0];
  const take = (event: FlowEvent): void => {
    const { opportunityId: id, kind } = event;
    if (over.has(id)) return;
    if (kind === 'won' || kind === 'lost') {
      over.add(id);
      open.delete(id);
    } else open.set(id, { last: event, minor: event.minor ?? open.get(id)?.minor ?? null });
  };
  return (today: number) => {
    for (let event = sortedEvents[nextEvent]; event !== undefined && event.day < today; event = sortedEvents[nextEvent]) {
      take(event);
      nextEvent += 1;
    }
    for (
      let estimate = sortedEstimates[nextEstimate];
      estimate !== undefined && estimate.day < today;
      estimate = sortedEstimates[nextEstimate]
    ) {
      held.set(estimate.opportunityId, estimate);
      nextEstimate += 1;
    }
    return { open, held };
  };
};

/** The baseline's figure at an origin, from what was recorded before it; undefined with too few estimates. Origins must be asked for in ascending order. */
export const repEstimateBaseline = (events: readonly FlowEvent[], estimates: readonly RepEstimate[]) => {
  const at = walk(events, estimates);
  let day = Number.NaN;
  let sums = new Map<string, ReadonlyMap<string, number> | undefined>();
  const sumsOf = ({ from, until }: BaselineQuestion, today: number): ReadonlyMap<string, number> | undefined => {
    const { open, held } = at(today);
    const found = new Map<string, number>();
    let known = 0;
    for (const [id, { last, minor }] of open) {
      const estimate = held.get(id);
      if (estimate === undefined) continue;
      known += 1;
      if (minor === null || estimate.closesOn === null || estimate.closesOn < from || estimate.closesOn >= until) continue;
      for (const key of keysOf(last)) found.set(key, (found.get(key) ?? 0) + (minor * estimate.percent) / 100);
    }
    return known === 0 || known < leastKnown * open.size ? undefined : found;
  };
  return (question: BaselineQuestion, today: number): number | undefined => {
    if (estimates.length === 0) return undefined;
    if (today !== day) sums = new Map();
    day = today;
    if (!sums.has(question.kind)) sums.set(question.kind, sumsOf(question, today));
    const sum = sums.get(question.kind);
    return sum === undefined ? undefined : (sum.get(`${question.level}\n${question.key}`) ?? 0);
  };
};
