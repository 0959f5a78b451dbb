import { predicate } from '@meilenstein/kernel';
import * as z from 'zod';
import { pointsRule } from '../people/person-fields.ts';

const ruleId = z.string().regex(/^[a-z0-9-]{1,60}$/, 'has 1 to 60 small letters, digits or -, such as need-named');
const points = z.int().min(-100).max(100);

/** Points for who the person is, given once while the predicate is true. */
const fitRule = z.strictObject({ id: ruleId, when: predicate, points });
export type FitRule = z.output<typeof fitRule>;

/** Points for what the person does, given for each touch. They halve after the half-life; together they are at most `atMost`. */
const engagementRule = z.strictObject({
  id: ruleId,
  when: predicate,
  points,
  halfLifeDays: z.int().min(1).max(730),
  atMost: z.int().min(1).max(100),
});
export type EngagementRule = z.output<typeof engagementRule>;

/** The lowest score of each grade; below `c` the grade is D. */
const gradeRanges = z.strictObject({ a: z.int().min(1).max(100), b: z.int().min(1).max(100), c: z.int().min(1).max(100) });
export type GradeRanges = z.infer<typeof gradeRanges>;

export const defaultGrades: GradeRanges = { a: 75, b: 50, c: 25 };

export const grade = z.enum(['A', 'B', 'C', 'D']);
export type Grade = z.infer<typeof grade>;

export const scoringRules = z.strictObject({
  fit: z.array(fitRule).max(200),
  engagement: z.array(engagementRule).max(100),
  grades: gradeRanges.default(defaultGrades),
});
export type ScoringRules = z.output<typeof scoringRules>;

/** A points table as the API receives it: predicates in `fit` and `engagement`, or the older `rules` without predicates. */
export const pointsDraft = z.strictObject({
  rules: z.array(pointsRule).max(200).optional(),
  fit: scoringRules.shape.fit.optional(),
  engagement: scoringRules.shape.engagement.optional(),
  grades: gradeRanges.optional(),
});
export type PointsDraft = z.output<typeof pointsDraft>;
