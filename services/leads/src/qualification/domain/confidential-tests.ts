import { refusal, type FieldTest, type Predicate, type Refusal } from '@meilenstein/kernel';

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

/** Refuses a predicate with which somebody who may not see leads could find out what one of them says. */
export const checkConfidential = (condition: Predicate): ConfidentialRefusal | undefined => {
  const found = testsIn(condition).find(isConfidential);
  return found === undefined
    ? undefined
    : refusal(
        'field-confidential',
        `segment.when: ${found.field} is personal; you may ask whether it is known, and rules about it are for those who see leads`,
        { field: 'segment.when', value: found.field },
      );
};
