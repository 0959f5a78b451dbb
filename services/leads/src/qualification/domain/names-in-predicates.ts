import { refused, type Predicate, type Refusal } from '@meilenstein/kernel';

/** A predicate of a document, with the place where it stands. */
export type LocatedPredicate = { readonly path: string; readonly when: Predicate };

/** A value that a rule compares a field to, such as the id of a source. */
export type ComparedName = { readonly path: string; readonly field: string; readonly value: string };

export type NameRefusal = Refusal<'name-not-found'>;

/** What the predicates of a document name of the fields that are asked for, in their order. */
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

/** A rule about something that is not there is never true, so a slip of the hand would switch it off without a word. */
export const nameNotFound = ({ path, field, value }: ComparedName): { readonly refused: NameRefusal } =>
  refused('name-not-found', `${path}: ${field} is compared to “${value}”, and there is none of that name`, {
    field: `${path}.value`,
    value,
  });
