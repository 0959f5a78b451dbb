import { canonicalJson, refusal, type FieldTest, type Predicate, type Refusal } from '@meilenstein/kernel';
import type { LocatedPredicate } from './names-in-predicates.ts';

export type ConfidentialRefusal = Refusal<'field-confidential'>;

/** What names a person or is in their own words. */
const personal = new Set(['email', 'name', 'phone', 'message', 'bant.budget', 'bant.authority', 'bant.need', 'bant.timing']);
const partial: readonly FieldTest['test'][] = ['starts-with', 'ends-with', 'contains'];

const testsIn = (condition: Predicate): readonly FieldTest[] => {
  if ('field' in condition) return [condition];
  const parts = 'not' in condition ? [condition.not] : 'all' in condition ? condition.all : condition.any;
  return parts.flatMap(testsIn);
};

/** Whether a test answers something about a value that can be asked for letter by letter. */
const isConfidential = ({ field, test }: FieldTest): boolean => {
  const name = field.replace(/^(?:text|number)\./, '');
  if (test === 'present' || test === 'absent') return false;
  return personal.has(name) || (partial.includes(test) && (name === 'company' || name === 'email.domain' || name.startsWith('custom.')));
};

/**
 * Refuses the first predicate with which somebody who may not see leads could find out what one of them says. One that is in force already
 * finds out nothing new.
 */
export const checkConfidential = (
  predicates: readonly LocatedPredicate[],
  inForce: readonly LocatedPredicate[] = [],
): ConfidentialRefusal | undefined => {
  const known = new Set(inForce.map(({ when }) => canonicalJson(when)));
  const found = predicates
    .filter(({ when }) => !known.has(canonicalJson(when)))
    .flatMap(({ path, when }) => testsIn(when).map((test) => ({ path, test })))
    .find(({ test }) => isConfidential(test));
  if (found === undefined) return undefined;
  const { path, test } = found;
  return refusal(
    'field-confidential',
    `${path}: ${test.field} is personal; you may ask whether it is known, and rules about it are for those who see leads`,
    { field: path, value: test.field },
  );
};
