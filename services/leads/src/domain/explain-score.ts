import type { EngagementRule, FitRule, ScoreExplanation } from '@meilenstein/contracts';
import { inWords, judge, matches, type Facts, type Instant } from '@meilenstein/kernel';
import type { Scoring } from './points.ts';
import { touchFacts, type Touch } from './scoring/lead-facts.ts';
import { scoreLead, type PointsScore } from './scoring/score-lead.ts';
import { seenInWords } from './scoring/verdict-words.ts';

type Line = ScoreExplanation['rules'][number];
type Known = { readonly facts: Facts; readonly touches: readonly Touch[]; readonly now: Instant };

const pointsIn = (score: PointsScore, id: string): number => score.rules.find((rule) => rule.id === id)?.points ?? 0;

const fitLine = ({ id, when, points: worth }: FitRule, score: PointsScore, { facts, now }: Known): Line => {
  const verdict = judge(when, facts, now);
  return { id, kind: 'fit', rule: verdict.rule, seen: seenInWords(verdict), points: pointsIn(score, id), worth, decay: null };
};

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

const engagementLine = (rule: EngagementRule, score: PointsScore, { touches, now }: Known): Line => {
  const those = touches.filter((touch) => touch.at <= now && matches(rule.when, touchFacts(touch), now)).map((touch) => touch.at);
  const last = those.toSorted().at(-1);
  return {
    id: rule.id,
    kind: 'engagement',
    rule: inWords(rule.when),
    seen: last === undefined ? null : `${times(those.length)}, last on ${last.slice(0, 10)}`,
    points: pointsIn(score, rule.id),
    worth: rule.points,
    decay: `half of it after ${rule.halfLifeDays} days, at most ${rule.atMost} together`,
  };
};

/** The rules of a table, those that fire and those that do not, each in words with what was seen. */
export const scoreLines = ({ rules }: Scoring, score: PointsScore, known: Known): readonly Line[] => [
  ...rules.fit.map((rule) => fitLine(rule, score, known)),
  ...rules.engagement.map((rule) => engagementLine(rule, score, known)),
];

/** Why a lead has its points now. */
export const explainScore = (scoring: Scoring, known: Known): ScoreExplanation => {
  const score = scoreLead(scoring.rules, known.facts, known.touches, known.now);
  const { fit, engagement, grade } = score;
  return {
    score: score.score,
    grade,
    summary: `${score.score} of 100 points, grade ${grade}: ${fit} for who the person is, ${engagement} for what it does`,
    fit,
    engagement,
    pointsVersion: scoring.version,
    rules: [...scoreLines(scoring, score, known)],
  };
};
