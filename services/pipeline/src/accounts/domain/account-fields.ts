import {
  accountFieldsPublished,
  publishedFieldValue,
  type AccountField,
  type AccountFieldsFact,
  type AccountFieldValue,
  type Happened,
} from '@meilenstein/contracts';
import { canonicalJson, day, decided, refusal, refused, type Day, type Decision, type Refusal } from '@meilenstein/kernel';

/** The fields that the company adds to its accounts, in their newest version. */
export type AccountFields = { readonly version: number; readonly fields: readonly AccountField[] };

export const noAccountFields: AccountFields = { version: 0, fields: [] };

export const evolveAccountFields = (_: AccountFields, { data }: Happened<AccountFieldsFact>): AccountFields => ({
  version: data.version,
  fields: data.fields,
});

/** Publishes the next version; equal content changes nothing. A field keeps its type, because values of it are stored. */
export const publishAccountFields = (
  current: AccountFields,
  fields: readonly AccountField[],
): Decision<AccountFieldsFact, Refusal<'duplicate-account-field' | 'account-field-type-fixed'>> => {
  const ids = fields.map(({ id }) => id);
  const duplicate = ids.find((id, index) => ids.indexOf(id) !== index);
  if (duplicate !== undefined)
    return refused('duplicate-account-field', 'give each field its own id', { field: 'fields', value: duplicate });
  const other = fields.find(({ id, type }) => current.fields.some((known) => known.id === id && known.type !== type));
  if (other !== undefined)
    return refused('account-field-type-fixed', 'a field keeps its type; add another field', { field: 'fields', value: other.id });
  if (canonicalJson(current.fields) === canonicalJson(fields)) return decided();
  return decided(accountFieldsPublished.of({ version: current.version + 1, fields: [...fields] }));
};

type PublishedValue = boolean | number | Day | string;

/** Values that fit the types of their fields: what may be published, and texts, which may not. Null takes a value away. */
export type CheckedFields = {
  readonly published: Readonly<Record<string, PublishedValue | null>>;
  readonly texts: Readonly<Record<string, string | null>>;
};

const fits = (field: AccountField, value: Exclude<AccountFieldValue, null>): boolean => {
  switch (field.type) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'yes-no':
      return typeof value === 'boolean';
    case 'day':
      return day.safeParse(value).success;
    case 'choice':
      return field.choices.some(({ id }) => id === value);
  }
};

/** Checks typed values against the fields of the company. */
export const checkFieldValues = (
  fields: readonly AccountField[],
  values: Readonly<Record<string, AccountFieldValue>>,
): CheckedFields | { readonly refused: Refusal<'account-field-not-found' | 'account-field-value-not-accepted'> } => {
  const published: Record<string, PublishedValue | null> = {};
  const texts: Record<string, string | null> = {};
  for (const [id, value] of Object.entries(values)) {
    const place = { field: `fields.${id}` };
    const field = fields.find((one) => one.id === id);
    if (field === undefined) return { refused: refusal('account-field-not-found', 'the company has no such field', place) };
    if (value !== null && !fits(field, value))
      return {
        refused: refusal('account-field-value-not-accepted', `the field is of the type ${field.type}`, { ...place, value: String(value) }),
      };
    if (field.type !== 'text') published[id] = value === null ? null : publishedFieldValue.parse(value);
    else texts[id] = value === null ? null : String(value);
  }
  return { published, texts };
};

/** The values that are shown: those of fields that the company has today. */
export const shownValues = (
  fields: readonly AccountField[],
  published: Readonly<Record<string, PublishedValue>>,
  texts: Readonly<Record<string, string>>,
): Record<string, AccountFieldValue> =>
  Object.fromEntries(
    fields.flatMap((field): [string, AccountFieldValue][] => {
      const value = field.type === 'text' ? texts[field.id] : published[field.id];
      return value !== undefined && fits(field, value) ? [[field.id, value]] : [];
    }),
  );
