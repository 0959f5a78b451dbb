import type { ForecastNode, RivalFigures, WindowKind } from '@meilenstein/contracts';
import { dayNumber } from './company-days.ts';
import type { Change } from './engine/result.ts';
import type { NodeForecast } from './engine/result.ts';
import type { Book } from './forecast-book.ts';
import { toEngine } from './node-names.ts';
import type { Published } from './publish-snapshot.ts';

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** A forecast as it is published: figures, what they are made of, how they came about. */
export const publishedOf = (book: Book, node: ForecastNode, kind: WindowKind, rivals: RivalFigures): Published => {
  const { moment, windows, heardUntil } = book;
  const { mean, p10, p50, p90, booked, existing, future, factor, futureWins, newOpportunityWorth, track, enoughFacts, basis } = book.of(
    node,
    kind,
  );
  return {
    day: moment.today,
    asOf: moment.at,
    node,
    window: windows[kind],
    currency: moment.settings.currency,
    figures: { mean, p10, p50, p90, booked, existing: sum(existing.map((one) => one.expected)), future },
    enoughFacts,
    existingByMilestone: existing.map(({ processId, milestone, opportunities, withoutAmount, expected }) => ({
      processId,
      milestoneId: milestone === '' ? null : milestone,
      opportunities,
      withoutAmount,
      expected,
    })),
    basis: { ...basis, recordedUntil: heardUntil },
    rivals,
    method: {
      experts: { ...track.experts },
      deviation: Math.sqrt(Math.max(0, track.variance)),
      wins: track.wins,
      factor,
      futureWins,
      worthOfNew: newOpportunityWorth,
    },
  };
};

/** A published forecast as the engine made it. */
export const forecastOfPublished = ({
  node,
  window,
  figures,
  existingByMilestone,
  enoughFacts,
  basis,
  method,
}: Published): NodeForecast => ({
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
  track: {
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

/** The parts of a change in the words of the contract. */
export const partsOf = ({ won, lost, milestoneMoves, ageing, amended, arrived, recalibration }: Change) => ({
  won,
  lost,
  milestoneMoves,
  ageing,
  amended,
  new: arrived,
  recalibration,
});
