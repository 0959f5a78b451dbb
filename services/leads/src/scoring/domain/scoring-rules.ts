import type { ScoringRules } from '@meilenstein/contracts';
import { checkPredicate, refused, type PredicateRefusal, type Refusal } from '@meilenstein/kernel';
import { leadFieldTypes, touchFieldTypes } from './lead-facts.ts';

export type ScoringRefusal = PredicateRefusal | Refusal<'duplicate-rule' | 'rule-without-points' | 'grades-out-of-order'>;

const firstTwice = (ids: readonly string[]): string | undefined => ids.find((id, index) => ids.indexOf(id) !== index);

/** Refuses rules that cannot be published, for the first fault. */
export const checkScoring = ({ fit, engagement, grades }: ScoringRules): ScoringRefusal | undefined => {
  const twice = firstTwice([...fit, ...engagement].map((rule) => rule.id));
  if (twice !== undefined)
    return refused('duplicate-rule', `rules: ${twice} appears more than once; give each rule its own id`, {
      field: 'rules',
      value: twice,
    }).refused;
  const idle = [...fit, ...engagement].find((rule) => rule.points === 0);
  if (idle !== undefined)
    return refused('rule-without-points', `rules: ${idle.id} gives 0 points; leave it out or give it some`, {
      field: 'points',
      value: idle.id,
    }).refused;
  if (grades.a <= grades.b || grades.b <= grades.c)
    return refused(
      'grades-out-of-order',
      `grades: A from ${grades.a}, B from ${grades.b}, C from ${grades.c}; each must begin above the next`,
      { field: 'grades' },
    ).refused;
  return (
    fit.map((rule, index) => checkPredicate(rule.when, leadFieldTypes, `fit[${index}].when`)).find((wrong) => wrong !== undefined) ??
    engagement
      .map((rule, index) => checkPredicate(rule.when, touchFieldTypes, `engagement[${index}].when`))
      .find((wrong) => wrong !== undefined)
  );
};
