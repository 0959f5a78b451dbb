import type { EngagementRule, FitRule, ScoreExplanation } from '@meilenstein/contracts';
import { inWords, judge, matches, type Facts, type Instant } from '@meilenstein/kernel';
import type { Scoring } from './points.ts';
import { leadWording } from '../../qualification/domain/field-words.ts';
import { touchFacts, type Touch } from './lead-facts.ts';
import { scoreLead, type PointsScore } from './score-lead.ts';
import { seenInWords, verdictInWords } from '../../qualification/domain/verdict-words.ts';
import { dayInWords } from '../../lead/domain/time-in-words.ts';

type Line = ScoreExplanation['rules'][number];
type ScoringContext = {
  readonly facts: Facts;
  readonly touches: readonly Touch[];
  readonly now: Instant;
  /** the time zone of days */ readonly zone: string;
};

const pointsIn = (score: PointsScore, id: string): number => score.rules.find((rule) => rule.id === id)?.points ?? 0;

const fitLine = ({ id, when, points: worth }: FitRule, score: PointsScore, { facts, now, zone }: ScoringContext): Line => {
  const verdict = judge(when, facts, now, leadWording);
  return {
    id,
    kind: 'fit',
    rule: verdictInWords(verdict, zone).rule,
    seen: seenInWords(verdict, zone),
    points: pointsIn(score, id),
    worth,
    decay: null,
  };
};

const whenInWords = (count: number, last: string): string => (count === 1 ? `once, on ${last}` : `${count} times, last on ${last}`);

const engagementLine = (rule: EngagementRule, score: PointsScore, { touches, now, zone }: ScoringContext): Line => {
  const those = touches.filter((touch) => touch.at <= now && matches(rule.when, touchFacts(touch), now)).map((touch) => touch.at);
  const last = those.toSorted().at(-1);
  return {
    id: rule.id,
    kind: 'engagement',
    rule: inWords(rule.when, leadWording),
    seen: last === undefined ? null : whenInWords(those.length, dayInWords(last, zone)),
    points: pointsIn(score, rule.id),
    worth: rule.points,
    decay: `loses half of its points every ${days(rule.halfLifeDays)}; at most ${rule.atMost} points in all`,
  };
};

/** All rules of a table, whether they fire or not, in words with what was seen. */
export const scoreLines = ({ rules }: Scoring, score: PointsScore, context: ScoringContext): readonly Line[] => [
  ...rules.fit.map((rule) => fitLine(rule, score, context)),
  ...rules.engagement.map((rule) => engagementLine(rule, score, context)),
];

const days = (count: number): string => (count === 1 ? 'day' : `${count} days`);

/** A remark if the parts add up to more than 100 or less than 0. */
const limits = ({ score, fit, engagement }: PointsScore): string => {
  const sum = fit + engagement;
  if (sum === score) return '';
  return sum > score ? `; together ${sum}, of which at most 100 count` : `; together ${sum}, but a score is never below 0`;
};

/** Explains the current score of a lead. */
export const explainScore = (scoring: Scoring, context: ScoringContext): ScoreExplanation => {
  const score = scoreLead(scoring.rules, context.facts, context.touches, context.now);
  const { fit, engagement, grade } = score;
  return {
    score: score.score,
    grade,
    summary: `${score.score} of 100 points, grade ${grade}: ${fit} for who the person is and ${engagement} for what the person did${limits(score)}`,
    fit,
    engagement,
    pointsVersion: scoring.version,
    rules: [...scoreLines(scoring, score, context)],
  };
};
