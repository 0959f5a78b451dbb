import { checkPredicate, predicate, refused, type PredicateRefusal, type Refusal } from '@meilenstein/kernel';
import * as z from 'zod';
import { leadFieldTypes, touchFieldTypes } from './lead-facts.ts';

const ruleId = z.string().regex(/^[a-z0-9-]{1,60}$/);
const points = z.int().min(-100).max(100);

/** Who the person is: given once while it is true. */
export const fitRule = z.strictObject({ id: ruleId, when: predicate, points });
export type FitRule = z.output<typeof fitRule>;

/** What the person does: given for each touch, half of it after the half-life, all together at most `atMost`. */
export const engagementRule = z.strictObject({
  id: ruleId,
  when: predicate,
  points,
  halfLifeDays: z.int().min(1).max(730),
  atMost: z.int().min(1).max(100),
});
export type EngagementRule = z.output<typeof engagementRule>;

/** From which score on a lead has a grade; below `c` it is D. */
export const gradeRanges = z.strictObject({ a: z.int().min(1).max(100), b: z.int().min(1).max(100), c: z.int().min(1).max(100) });
export type GradeRanges = z.infer<typeof gradeRanges>;

export const usualGrades: GradeRanges = { a: 75, b: 50, c: 25 };

export const scoringRules = z.strictObject({
  fit: z.array(fitRule).max(200),
  engagement: z.array(engagementRule).max(100),
  grades: gradeRanges.default(usualGrades),
});
export type ScoringRules = z.output<typeof scoringRules>;

export type ScoringRefusal = PredicateRefusal | Refusal<'rule-is-there-twice' | 'rule-gives-no-points' | 'grades-are-out-of-order'>;

const firstTwice = (ids: readonly string[]): string | undefined => ids.find((id, index) => ids.indexOf(id) !== index);

/** The first thing that is wrong with rules: place, value and what would be right. Undefined where they can be published. */
export const checkScoring = ({ fit, engagement, grades }: ScoringRules): ScoringRefusal | undefined => {
  const twice = firstTwice([...fit, ...engagement].map((rule) => rule.id));
  if (twice !== undefined)
    return refused('rule-is-there-twice', `rules: ${twice} is there twice; give each rule an id of its own`, { field: 'rules', value: twice }).refused; // prettier-ignore
  const idle = [...fit, ...engagement].find((rule) => rule.points === 0);
  if (idle !== undefined)
    return refused('rule-gives-no-points', `rules: ${idle.id} gives 0 points; leave it out or give it some`, { field: 'points', value: idle.id }).refused; // prettier-ignore
  if (grades.a <= grades.b || grades.b <= grades.c)
    return refused('grades-are-out-of-order', `grades: A from ${grades.a}, B from ${grades.b}, C from ${grades.c}; each must begin above the next`, { field: 'grades' }).refused; // prettier-ignore
  return (
    fit.map((rule, index) => checkPredicate(rule.when, leadFieldTypes, `fit[${index}].when`)).find((wrong) => wrong !== undefined) ??
    engagement
      .map((rule, index) => checkPredicate(rule.when, touchFieldTypes, `engagement[${index}].when`))
      .find((wrong) => wrong !== undefined)
  );
};
