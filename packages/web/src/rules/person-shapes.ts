import type { Shape } from '../documents/shape.ts';
import { wholeNumber, type ShapeWords } from './shape-words.ts';

const precedences = ['first', 'last', 'most-complete'] as const;
const personFields = ['email', 'name', 'phone', 'company', 'country', 'employees', 'message', 'custom'] as const;
const required = ['new', 'working', 'converted'] as const;
const asNew = ['mql', 'sql', 'disqualified'] as const;

export const survivorshipShape = ({ t }: ShapeWords): Shape => {
  const precedence: Shape = { kind: 'one-of', options: precedences.map((id) => ({ id, label: t(`precedences.${id}`) })) };
  return { kind: 'record', fields: Object.fromEntries(personFields.map((field): [string, Shape] => [field, precedence])) };
};

/** Days for each status; a later status without days of its own is kept as long as a new lead. */
export const retentionShape = ({ t }: ShapeWords): Shape => {
  const days: Shape = { ...wholeNumber(1, 3650), unit: t('labels.days'), kind: 'number' };
  const fields = [...required, ...asNew].map((status): [string, Shape] => {
    const isRequired = required.some((each) => each === status);
    const shape: Shape = {
      kind: 'optional',
      label: t(`statuses.${status}`),
      of: days,
      start: 730,
      none: t(isRequired ? 'none.retention' : 'none.retentionAsNew'),
      absent: isRequired ? 'null' : 'missing',
    };
    return [status, shape];
  });
  return { kind: 'record', fields: Object.fromEntries(fields) };
};
