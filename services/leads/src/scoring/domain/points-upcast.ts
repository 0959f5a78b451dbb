import { defaultGrades, type PointsRule, type ScoringRules } from '@meilenstein/contracts';
import type { Predicate } from '@meilenstein/kernel';

/** The first points tables tested fields as typed; these predicates are equivalent. */
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

/** An older points table without predicates, as current rules: every lead keeps its score. */
export const scoringFromPoints = (rules: readonly PointsRule[]): ScoringRules => ({
  fit: rules.map((rule) => ({ id: rule.id, when: whenOf(rule), points: rule.points })),
  engagement: [],
  grades: defaultGrades,
});
