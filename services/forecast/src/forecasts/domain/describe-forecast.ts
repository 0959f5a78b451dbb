import type { ForecastNode, BaselineFigures, WindowKind } from '@meilenstein/contracts';
import { dayNumber } from '../../pipeline-view/domain/company-days.ts';
import type { Change } from '@meilenstein/forecasting/result';
import type { NodeForecast } from '@meilenstein/forecasting/result';
import type { NodeForecasts } from './forecast-nodes.ts';
import { toEngine } from './node-names.ts';
import type { PublishedForecast } from '../../snapshots/domain/publish-snapshot.ts';

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** A forecast in the form in which it is published: its figures, their parts and their method. */
export const publishedForecast = (
  forecasts: NodeForecasts,
  node: ForecastNode,
  kind: WindowKind,
  baselines: BaselineFigures,
): PublishedForecast => {
  const { asOf, windows, receivedUntil } = forecasts;
  const { mean, p10, p50, p90, booked, existing, future, factor, futureWins, newOpportunityWorth, record, enoughFacts, basis } =
    forecasts.of(node, kind);
  return {
    day: asOf.today,
    asOf: asOf.at,
    node,
    window: windows[kind],
    currency: asOf.settings.currency,
    figures: { mean, p10, p50, p90, booked, existing: sum(existing.map((one) => one.expected)), future },
    enoughFacts,
    existingByMilestone: existing.map(({ processId, milestone, opportunities, withoutAmount, expected }) => ({
      processId,
      milestoneId: milestone === '' ? null : milestone,
      opportunities,
      withoutAmount,
      expected,
    })),
    basis: { ...basis, recordedUntil: receivedUntil },
    baselines,
    method: {
      experts: { ...record.experts },
      deviation: Math.sqrt(Math.max(0, record.variance)),
      wins: record.wins,
      factor,
      futureWins,
      worthOfNew: newOpportunityWorth,
    },
  };
};

/** Turns a published forecast back into the engine's form. */
export const nodeForecastOf = ({
  node,
  window,
  figures,
  existingByMilestone,
  enoughFacts,
  basis,
  method,
}: PublishedForecast): NodeForecast => ({
  node: toEngine(node),
  window: { kind: window.kind, from: dayNumber(window.from), until: dayNumber(window.until) },
  mean: figures.mean,
  p10: figures.p10,
  p50: figures.p50,
  p90: figures.p90,
  booked: figures.booked,
  existing: existingByMilestone.map(({ milestoneId, ...one }) => ({ ...one, milestone: milestoneId ?? '' })),
  future: figures.future,
  futureWins: method?.futureWins ?? 0,
  newOpportunityWorth: method?.worthOfNew ?? 0,
  factor: method?.factor ?? 1,
  record: {
    mean: figures.existing + figures.future,
    p10: figures.p10 - figures.booked,
    p90: figures.p90 - figures.booked,
    experts: method?.experts ?? {},
    variance: (method?.deviation ?? 0) ** 2,
    wins: method?.wins ?? 0,
  },
  enoughFacts,
  basis,
});

/** The parts of a change under the names of the contract. */
export const partsOf = ({ won, lost, milestoneMoves, ageing, amended, arrived, recalibration }: Change) => ({
  won,
  lost,
  milestoneMoves,
  ageing,
  amended,
  new: arrived,
  recalibration,
});
