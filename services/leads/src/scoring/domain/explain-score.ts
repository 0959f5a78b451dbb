import type { EngagementRule, FitRule, ScoreExplanation } from '@meilenstein/contracts';
import { inWords, judge, matches, type Facts, type Instant } from '@meilenstein/kernel';
import type { Scoring } from './points.ts';
import { leadWordings } from '../../qualification/domain/field-words.ts';
import { touchFacts, type Touch } from './lead-facts.ts';
import { scoreLead, type PointsScore } from './score-lead.ts';
import { seenInWords, verdictInWords } from '../../qualification/domain/verdict-words.ts';
import { dayInWords, type Locale } from '../../lead/domain/time-in-words.ts';
import { scoringTexts } from './texts.ts';

type Line = ScoreExplanation['rules'][number];
type ScoringContext = {
  readonly facts: Facts;
  readonly touches: readonly Touch[];
  readonly now: Instant;
  readonly locale: Locale;
};

const pointsIn = (score: PointsScore, id: string): number => score.rules.find((rule) => rule.id === id)?.points ?? 0;

const fitLine = ({ id, when, points: worth }: FitRule, score: PointsScore, { facts, now, locale }: ScoringContext): Line => {
  const verdict = judge(when, facts, now);
  return {
    id,
    kind: 'fit',
    rule: verdictInWords(verdict, locale).rule,
    seen: seenInWords(verdict, locale),
    points: pointsIn(score, id),
    worth,
    decay: null,
  };
};

const engagementLine = (rule: EngagementRule, score: PointsScore, { touches, now, locale }: ScoringContext): Line => {
  const texts = scoringTexts[locale.language];
  const those = touches.filter((touch) => touch.at <= now && matches(rule.when, touchFacts(touch), now)).map((touch) => touch.at);
  const last = those.toSorted().at(-1);
  return {
    id: rule.id,
    kind: 'engagement',
    rule: inWords(rule.when, leadWordings[locale.language]),
    seen: last === undefined ? null : texts.seen(those.length, dayInWords(last, locale)),
    points: pointsIn(score, rule.id),
    worth: rule.points,
    decay: texts.decay(rule.halfLifeDays, rule.atMost),
  };
};

/** All rules of a table, whether they fire or not, in words with what was seen. */
export const scoreLines = ({ rules }: Scoring, score: PointsScore, context: ScoringContext): readonly Line[] => [
  ...rules.fit.map((rule) => fitLine(rule, score, context)),
  ...rules.engagement.map((rule) => engagementLine(rule, score, context)),
];

/** A remark if the parts add up to more than 100 or less than 0. */
const limits = ({ score, fit, engagement }: PointsScore, { language }: Locale): string => {
  const texts = scoringTexts[language];
  const sum = fit + engagement;
  if (sum === score) return '';
  return sum > score ? texts.aboveLimit(sum) : texts.belowLimit(sum);
};

/** Explains the current score of a lead. */
export const explainScore = (scoring: Scoring, context: ScoringContext): ScoreExplanation => {
  const score = scoreLead(scoring.rules, context.facts, context.touches, context.now);
  const { fit, engagement, grade } = score;
  return {
    score: score.score,
    grade,
    summary: `${scoringTexts[context.locale.language].summary({ score: score.score, grade, fit, engagement })}${limits(score, context.locale)}`,
    fit,
    engagement,
    pointsVersion: scoring.version,
    rules: [...scoreLines(scoring, score, context)],
  };
};
