import type { HandlersOf, leadsApi, LearnedScoreView } from '@meilenstein/contracts';
import type { Instant, Language } from '@meilenstein/kernel';
import { learnableFacts } from '../domain/learnable-facts.ts';
import type { RulesInForce } from '../../qualification/domain/rules-in-force.ts';
import { lateFields } from '../domain/first-fill.ts';
import { minOutcomes, readableWeights } from '../domain/learned-score.ts';
import { scoreByLearned } from '../domain/learn-outcomes.ts';
import { isWon } from '../domain/lead-outcome.ts';
import { scoringTexts } from '../domain/texts.ts';
import { measuresBySource, scoreMeasures } from '../domain/score-measures.ts';
import type { Stores } from '../../stores.ts';
import type { LeadWithFacts } from '../../identity/http/leads-with-facts.ts';

const maxGraded = 5000;
const maxWeights = 200;

/** The learned score of a lead. */
export const learnedScoreOf = async (
  { learnedScore }: Pick<Stores, 'learnedScore'>,
  { lead, touches }: LeadWithFacts,
  { rulesInForce, now, language }: { readonly rulesInForce: RulesInForce; readonly now: Instant; readonly language: Language },
): Promise<LearnedScoreView> => {
  const texts = scoringTexts[language];
  const { learned } = await learnedScore.model();
  const score = scoreByLearned(learned, learnableFacts(lead, touches, { survivorship: rulesInForce.survivorship, until: now }), now);
  return score.status === 'scored'
    ? { ...score, summary: texts.probability(Math.round(score.probability * 100)), contributions: [...score.contributions] }
    : { ...score, summary: texts.noProbability(score) };
};

export const learnedScoreRoutes = ({
  stores: { learnedScore },
}: {
  readonly stores: Pick<Stores, 'learnedScore'>;
}): Pick<HandlersOf<typeof leadsApi>, 'GET /learned-score'> => ({
  'GET /learned-score': async () => {
    const [{ learned }, rows] = await Promise.all([learnedScore.model(), learnedScore.latest(maxGraded)]);
    const { model, fills } = learned;
    const graded = rows.flatMap((row) => {
      const { probability = null, sourceId = '' } = row.learned ?? {};
      return probability === null ? [] : [{ probability, won: isWon(row), sourceId }];
    });
    const isSilent = model.won < minOutcomes || model.lost < minOutcomes;
    const excludedFields = lateFields(fills).flatMap((field) => {
      const counts = fills[field];
      return counts === undefined ? [] : [{ field, ...counts }];
    });
    const measures = { all: scoreMeasures(graded), bySource: measuresBySource(graded) };
    const weights = isSilent ? [] : readableWeights(model).slice(0, maxWeights);
    const { won, lost } = model;
    const status = isSilent ? ('not-enough-outcomes' as const) : ('scoring' as const);
    return { status: 200, body: { status, won, lost, needed: minOutcomes, weights: [...weights], excludedFields, measures } };
  },
});
