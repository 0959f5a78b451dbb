import { defaultGrades, type PointsRule, type ScoringRules } from '@meilenstein/contracts';
import type { Predicate } from '@meilenstein/kernel';

/** The first tables of points tested fields as typed; these predicates say the same. */
const whenOf = ({ field, test, value = '' }: PointsRule): Predicate => {
  switch (test) {
    case 'present':
      return { field: `text.${field}`, test: 'present' };
    case 'equals':
      return { field: `text.${field}`, test: 'equals', value };
    case 'business-domain':
      return { field: `business.${field}`, test: 'equals', value: true };
    case 'at-least':
      return { field: `number.${field}`, test: 'at-least', value: Number.parseFloat(value) };
  }
};

/** A table of points from before there were predicates, as rules of today: every lead keeps its score. */
export const scoringFromPoints = (rules: readonly PointsRule[]): ScoringRules => ({
  fit: rules.map((rule) => ({ id: rule.id, when: whenOf(rule), points: rule.points })),
  engagement: [],
  grades: defaultGrades,
});
