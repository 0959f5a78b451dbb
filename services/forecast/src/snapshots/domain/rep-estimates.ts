import type { ForecastWindow } from '@meilenstein/contracts';
import type { Day, Instant } from '@meilenstein/kernel';
import type { DayNumber } from '@meilenstein/forecasting/input/history';
import type { Node } from '@meilenstein/forecasting/input/node';
import type { TeamBelow } from '../../forecasts/domain/node-names.ts';
import { summedByNode, type OpenOpportunity } from '../../pipeline-view/domain/open-opportunities.ts';

/** A rep's estimate since an instant of recording: percent, and the day of the expected order. */
type RepEstimate = { readonly since: Instant; readonly percent: number; readonly closesOn: Day | null };

/** All estimates of each opportunity, by its id, in order of recording. */
export type RepEstimates = ReadonlyMap<string, readonly RepEstimate[]>;

/** With estimates for a smaller share of open opportunities the baseline gives no figure: beating it would prove nothing. */
const leastKnown = 0.5;

type Seen = {
  readonly window: ForecastWindow;
  /** the last day of which recordings are known */
  readonly on: DayNumber;
  readonly dayOf: (at: Instant) => DayNumber;
  readonly teams: readonly TeamBelow[];
};

/**
 * Σ amount × the rep's probability over the opportunities that are expected to close within the window, for every node: the forecast of a
 * system in which reps type both. Only what was recorded by then counts; unknown amounts count as 0. Undefined if less than half of the open
 * opportunities have an estimate.
 */
export const sumRepEstimates = (
  open: readonly OpenOpportunity[],
  estimates: RepEstimates,
  { window, on, dayOf, teams }: Seen,
): ((node: Node) => number) | undefined => {
  const held = new Map(
    open.flatMap(({ id }) => {
      const last = estimates.get(id)?.findLast(({ since }) => dayOf(since) <= on);
      return last === undefined ? [] : [[id, last] as const];
    }),
  );
  if (held.size === 0 || held.size < leastKnown * open.length) return undefined;
  return summedByNode(open, teams, ({ id, known }) => {
    const estimate = held.get(id);
    if (estimate === undefined || estimate.closesOn === null || estimate.closesOn < window.from || estimate.closesOn >= window.until)
      return 0;
    return ((known ?? 0) * estimate.percent) / 100;
  });
};
