import { decided, type Currency, type Day, type Decision, type Instant } from '@meilenstein/kernel';
import { forecastPublished, type ForecastFact, type Happened, type Node } from '@meilenstein/contracts';
import type { Figures } from './forecast.ts';
import type { Question, WindowKind } from './question.ts';

/** A published forecast; null while there is none. */
export type Snapshot = ForecastFact['data'] | null;

export const evolveSnapshot = (_: Snapshot, fact: Happened<ForecastFact>): Snapshot => fact.data;

/** The forecast of a node for a window as it was on a day has one name. */
export const snapshotId = (on: Day, node: Node, kind: WindowKind): string => `snapshot-${on}-${node.level}-${node.key}-${kind}`;

type Made = { readonly question: Question; readonly figures: Figures; readonly asOf: Instant; readonly currency: Currency };

/** What a forecast says to others. */
export const snapshotOf = ({ question, figures, asOf, currency }: Made): NonNullable<Snapshot> => {
  const { kind, label, from, until } = question.window;
  const { mean, p10, p50, p90, booked, existing, future, enoughFacts, basis } = figures;
  return {
    day: question.today,
    asOf,
    node: question.node,
    window: { kind, label, from, until },
    currency,
    figures: { mean, p10, p50, p90, booked, existing: existing.total, future },
    enoughFacts,
    existingByMilestone: [...existing.byMilestone],
    basis,
  };
};

/** Publishes a forecast once; what is published is never changed, whatever the facts say later. */
export const publishSnapshot = (published: Snapshot, made: Made): Decision<ForecastFact, never> =>
  published === null ? decided(forecastPublished.of(snapshotOf(made))) : { events: [] };
