import type { EngagementRule, Grade, GradeRanges, ScoringRules } from '@meilenstein/contracts';
import { epochMillis, inWords, matches, type Facts, type Instant } from '@meilenstein/kernel';
import { touchFacts, type Touch } from './lead-facts.ts';

/** A rule that fired: its current points and, in words, why. */
type FiredRule = { readonly id: string; readonly points: number; readonly because: string };

export type PointsScore = {
  /** 0 to 100 */
  readonly score: number;
  readonly grade: Grade;
  /** who the person is, and what it does; together the score before it is kept within 0 and 100 */
  readonly fit: number;
  readonly engagement: number;
  readonly rules: readonly FiredRule[];
};

export const gradeOf = (score: number, { a, b, c }: GradeRanges): Grade => (score >= a ? 'A' : score >= b ? 'B' : score >= c ? 'C' : 'D');

const dayMillis = 86_400_000;

const decayed = ({ points, halfLifeDays, atMost }: EngagementRule, touches: readonly Touch[], now: Instant): number => {
  const ages = touches.map((touch) => (epochMillis(now) - epochMillis(touch.at)) / dayMillis);
  const sum = ages.reduce((total, age) => total + points * 0.5 ** (age / halfLifeDays), 0);
  return Math.round(Math.max(-atMost, Math.min(atMost, sum)));
};

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

/** A touch in the future does not count yet. A rule that has faded below half a point no longer fires. */
const engagementOf = (rule: EngagementRule, touches: readonly Touch[], now: Instant): FiredRule => {
  const those = touches.filter((touch) => touch.at <= now && matches(rule.when, touchFacts(touch), now));
  const because = `${inWords(rule.when)}: ${times(those.length)}, half as much after ${rule.halfLifeDays} days, at most ${rule.atMost}`;
  return { id: rule.id, points: decayed(rule, those, now), because };
};

const total = (rules: readonly FiredRule[]): number => rules.reduce((sum, rule) => sum + rule.points, 0);

/** The points of the rules that fire at a time: fit once, engagement for each touch with its half-life. */
export const scoreLead = (
  { fit, engagement, grades }: ScoringRules,
  facts: Facts,
  touches: readonly Touch[],
  now: Instant,
): PointsScore => {
  const fits = fit.filter((rule) => matches(rule.when, facts, now)).map(({ id, points, when }) => ({ id, points, because: inWords(when) }));
  const engagements = engagement.map((rule) => engagementOf(rule, touches, now)).filter((rule) => rule.points !== 0);
  const score = Math.min(100, Math.max(0, total(fits) + total(engagements)));
  return { score, grade: gradeOf(score, grades), fit: total(fits), engagement: total(engagements), rules: [...fits, ...engagements] };
};
