import { refusal, type Predicate, type Refusal } from '@meilenstein/kernel';

/** A predicate with its path in the document. */
export type LocatedPredicate = { readonly path: string; readonly when: Predicate };

/** A value that a rule compares a field to, such as the id of a source. */
export type ComparedName = { readonly path: string; readonly field: string; readonly value: string };

export type NameRefusal = Refusal<'name-not-found'>;

/** The values that the predicates of a document compare the given fields to, in order. */
export const namesIn = ({ path, when }: LocatedPredicate, fields: readonly string[]): readonly ComparedName[] => {
  if ('not' in when) return namesIn({ path: `${path}.not`, when: when.not }, fields);
  if (!('field' in when)) {
    const [name, inner] = 'all' in when ? (['all', when.all] as const) : (['any', when.any] as const);
    return inner.flatMap((part, index) => namesIn({ path: `${path}.${name}[${index}]`, when: part }, fields));
  }
  if (!fields.includes(when.field)) return [];
  const values = when.test === 'one-of' ? when.values : when.test === 'equals' ? [when.value] : [];
  return values.flatMap((value) => (typeof value === 'string' ? [{ path, field: when.field, value }] : []));
};

/** A rule about something that does not exist is never true, so a typo would silently disable it. */
export const nameNotFound = ({ path, field, value }: ComparedName): NameRefusal =>
  refusal('name-not-found', `${path}: ${field} is compared to “${value}”, which does not exist`, {
    field: `${path}.value`,
    value,
  });
