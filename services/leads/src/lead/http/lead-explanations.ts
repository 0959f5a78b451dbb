import type { leadExplanation, ScoringRules } from '@meilenstein/contracts';
import type { Instant } from '@meilenstein/kernel';
import type * as z from 'zod';
import { explainQualification } from '../../qualification/domain/explain-qualification.ts';
import { explainScore } from '../../scoring/domain/explain-score.ts';
import { allBant } from '../domain/lead-stage.ts';
import type { Locale } from '../domain/time-in-words.ts';
import type { RulesInForce } from '../../qualification/domain/rules-in-force.ts';
import type { Stores } from '../../stores.ts';
import { scoringContext, type LeadWithFacts } from '../../identity/http/leads-with-facts.ts';
import { learnedScoreOf } from '../../scoring/http/learned-score.ts';

type Explanation = z.input<typeof leadExplanation>;

/** Why a lead has its score and stage. Nothing is explained for an erased person. */
export const explanationOf = async (
  stores: Pick<Stores, 'learnedScore'>,
  known: LeadWithFacts,
  {
    rulesInForce,
    rules,
    now,
    locale,
  }: { readonly rulesInForce: RulesInForce; readonly rules: ScoringRules | undefined; readonly now: Instant; readonly locale: Locale },
): Promise<Explanation> => {
  const { lead } = known;
  const asked = { ...scoringContext(known, now), locale };
  const isAsked = lead.status !== 'erased';
  const scoring = lead.score === null || rules === undefined ? null : { version: lead.score.pointsVersion, rules };
  return {
    scoring: isAsked && scoring !== null ? explainScore(scoring, asked) : null,
    qualification: isAsked ? explainQualification(lead, rulesInForce.qualification, asked) : null,
    bant: allBant(lead),
    disqualification: lead.disqualified,
    learned: await learnedScoreOf(stores, known, { rulesInForce, now, language: locale.language }),
  };
};
