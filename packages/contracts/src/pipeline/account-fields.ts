import { day } from '@meilenstein/kernel';
import * as z from 'zod';
import { bilingual, plainText } from '../fragments.ts';
import { itemLimits } from '../item-limits.ts';

export const accountFieldId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'begins with a small letter and has at most 40 small letters, digits or -, such as machine-park');

const choice = z.strictObject({ id: accountFieldId, name: bilingual });

/** A field that a company adds to its accounts, with the type of its values. A text may name people and stays confidential. */
const accountField = z.discriminatedUnion('type', [
  z.strictObject({ id: accountFieldId, name: bilingual, type: z.literal('text') }),
  z.strictObject({ id: accountFieldId, name: bilingual, type: z.literal('number') }),
  z.strictObject({ id: accountFieldId, name: bilingual, type: z.literal('day') }),
  z.strictObject({ id: accountFieldId, name: bilingual, type: z.literal('yes-no') }),
  z.strictObject({ id: accountFieldId, name: bilingual, type: z.literal('choice'), choices: z.array(choice).min(1).max(50) }),
]);
export type AccountField = z.infer<typeof accountField>;

export const accountFieldList = z.array(accountField).max(itemLimits.accountFields);

/** The value of a field as it is published: a number, a day, yes or no, or the id of a choice. */
export const publishedFieldValue = z.union([z.boolean(), z.number(), day, accountFieldId]);

/** The value of a field that is a text. */
export const fieldText = plainText(500).min(1);

/** The value of a field, of whatever type; null: it has none. */
export const accountFieldValue = z.union([z.boolean(), z.number(), fieldText]).nullable();
export type AccountFieldValue = z.infer<typeof accountFieldValue>;
