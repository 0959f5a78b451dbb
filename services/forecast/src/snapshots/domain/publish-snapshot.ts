import { decided, type Day, type Decision } from '@meilenstein/kernel';
import {
  forecastGraded,
  forecastPublished,
  type ForecastFact,
  type ForecastHorizon,
  type ForecastNode,
  type ForecastWindow,
  type Happened,
  type BaselineFigures,
  type WindowKind,
} from '@meilenstein/contracts';
import { dayNumber } from '../../pipeline-view/domain/company-days.ts';
import type { NetOrders } from '../../pipeline-view/domain/net-orders.ts';

export type PublishedForecast = Extract<ForecastFact, { readonly name: 'ForecastPublished' }>['data'];
export type ForecastGrade = Extract<ForecastFact, { readonly name: 'ForecastGraded' }>['data'];

/** A published forecast and, once its window has ended, its grade; null while there is none. */
export type Snapshot = { readonly published: PublishedForecast; readonly graded: ForecastGrade | null } | null;

export const evolveSnapshot = (snapshot: Snapshot, fact: Happened<ForecastFact>): Snapshot => {
  switch (fact.name) {
    case 'ForecastPublished':
      return { published: fact.data, graded: null };
    case 'ForecastGraded':
      return snapshot === null ? null : { ...snapshot, graded: fact.data };
  }
};

/** The id of a node's forecast for a window on a day. Segments are free text, so keys are encoded. */
export const snapshotId = (on: Day, node: ForecastNode, kind: WindowKind): string =>
  `snapshot-${on}-${node.level}-${encodeURIComponent(node.key)}-${kind}`;

/** Publishes a forecast once. A published forecast never changes, whatever facts arrive later. */
export const publishSnapshot = (snapshot: Snapshot, made: PublishedForecast): Decision<ForecastFact, never> =>
  snapshot === null ? decided(forecastPublished.of(made)) : { events: [] };

/** How far into its window a forecast was made: on the first day, in the middle, a week before the end, or on another day. */
export const horizonOf = (window: ForecastWindow, on: Day): ForecastHorizon => {
  const [from, until, made] = [dayNumber(window.from), dayNumber(window.until), dayNumber(on)];
  if (made === from) return 'start';
  if (made === from + Math.floor((until - from) / 2)) return 'middle';
  return made === until - 7 ? 'last-week' : 'other';
};

export const noBaselines: BaselineFigures = { runRate: null, stageWeighted: null, repEstimates: null };

/** Grades a forecast once, after its window has ended. `judgement`: the manager's figure on the day of the forecast. */
export const gradeSnapshot = (
  snapshot: Snapshot,
  { outcome, judgement }: { readonly outcome: NetOrders; readonly judgement: number | null },
): Decision<ForecastFact, never> => {
  if (snapshot === null || snapshot.graded !== null) return { events: [] };
  const { day, node, window, currency, figures, enoughFacts, baselines } = snapshot.published;
  return decided(
    forecastGraded.of({
      day,
      node,
      window,
      horizon: horizonOf(window, day),
      currency,
      actual: outcome.minor,
      mean: figures.mean,
      p10: figures.p10,
      p50: figures.p50,
      p90: figures.p90,
      enoughFacts,
      baselines: baselines ?? noBaselines,
      judgement,
      spread: Math.round(Math.sqrt(outcome.squares)),
    }),
  );
};
