import { decided, type Day, type Decision, type Instant } from '@meilenstein/kernel';
import { judgementMade, type ForecastNode, type ForecastWindow, type Happened, type JudgementFact } from '@meilenstein/contracts';

type Made = JudgementFact['data'];

type JudgementVersion = Pick<Made, 'judgementVersion' | 'minor' | 'madeBy' | 'computed'> & {
  readonly madeAt: Instant;
  /** null after its deletion */
  readonly reason: string | null;
};

/** Managers' figures for one node and window, oldest first; null: none yet. */
export type Judgement = (Pick<Made, 'node' | 'window' | 'currency'> & { readonly versions: readonly JudgementVersion[] }) | null;

export const evolveJudgement = (judgement: Judgement, fact: Happened<JudgementFact>): Judgement => {
  const { node, window, currency, judgementVersion, minor, madeBy, computed } = fact.data;
  const version = { judgementVersion, minor, madeBy, computed, madeAt: fact.recordedAt, reason: fact.confidential?.reason ?? null };
  return { node, window, currency, versions: [...(judgement?.versions ?? []), version] };
};

export const judgementId = (node: ForecastNode, window: ForecastWindow): string =>
  `judgement-${window.kind}-${window.label.replace('/', '_')}-${node.level}-${encodeURIComponent(node.key)}`;

export type MakeJudgement = Omit<Made, 'judgementVersion'> & { readonly reason: string };

/** Adds a version. Versions never change, so that a judgement of March can be graded in April. */
export const makeJudgement = (judgement: Judgement, { reason, ...made }: MakeJudgement): Decision<JudgementFact, never> =>
  decided(judgementMade.of({ ...made, judgementVersion: (judgement?.versions.length ?? 0) + 1 }, { confidential: { reason } }));

/** The figure in force at the end of a day; null: none. */
export const judgedBy = (judgement: Judgement, end: Day, dayOf: (at: Instant) => Day): number | null =>
  judgement?.versions.findLast((version) => dayOf(version.madeAt) <= end)?.minor ?? null;
