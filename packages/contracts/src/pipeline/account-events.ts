import { accountId, contactId, instant, leadId, opportunityId, repId } from '@meilenstein/kernel';
import * as z from 'zod';
import { account } from '../account.ts';
import { defineEvent, type FactOf } from '../define-event.ts';
import { plainName } from '../fragments.ts';
import { territoryId } from '../leads/assignment/routing-document.ts';
import { itemLimits } from '../item-limits.ts';
import { accountFieldId, accountFieldList, fieldText, publishedFieldValue } from './account-fields.ts';

const owner = 'pipeline';

/** How the company sells to an account. */
export const accountChannel = z.enum(['direct', 'reseller', 'distributor', 'affiliate', 'marketplace']);

/** What one of ours does for an account: develops it, sells to it, or looks after it. */
const accountTeamRole = z.enum(['sdr', 'ae', 'csm']);
const accountMember = z.strictObject({ repId, role: accountTeamRole });

export const industryName = plainName.max(60);
const domainName = z
  .string()
  .max(253)
  .regex(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, 'is a domain in small letters, such as example.com');
export const countryCode = z.string().regex(/^[A-Z]{2}$/, 'is a country as ISO 3166 says it in two capital letters, such as DE');

/** What is known of an account and may be published: business data only. */
export const accountFacts = z.object({
  /** null where the customer is a natural person */
  name: account.shape.name,
  parentId: accountId.nullable(),
  domain: domainName.nullable(),
  industry: industryName.nullable(),
  employees: z.int().min(1).max(10_000_000).nullable(),
  country: countryCode.nullable(),
  territory: territoryId.nullable(),
  owner: repId.nullable(),
  team: z
    .array(accountMember)
    .max(itemLimits.accountTeam)
    .refine((team) => new Set(team.map((one) => one.repId)).size === team.length, 'names a rep twice'),
  channel: accountChannel,
  /** values of the fields that the company has added, without texts */
  fields: z.record(accountFieldId, publishedFieldValue),
});
export type AccountFacts = z.infer<typeof accountFacts>;

/** The opportunity by which an account came to be known. */
const opening = z.object({ opportunityId, openedAt: instant });

const texts = z.record(accountFieldId, fieldText.nullable());

export const accountOpened = defineEvent({
  name: 'AccountOpened',
  owner,
  version: 1,
  meaning: 'A company, or a natural person who buys, has a record of its own.',
  data: z.object({
    accountId,
    /** the lead of the natural person; null for a company */
    leadId: leadId.nullable(),
    /** null where somebody opened the account by hand */
    opening: opening.nullable(),
    facts: accountFacts,
  }),
  confidential: z.object({ texts }),
});

export const accountAmended = defineEvent({
  name: 'AccountAmended',
  owner,
  version: 1,
  meaning: 'Facts of an account changed; the event has the values before and after of what changed. Texts are named and not published.',
  data: z.object({
    accountId,
    before: accountFacts.partial(),
    after: accountFacts.partial(),
    /** fields of which the text changed */
    texts: z.array(accountFieldId),
    /** an opportunity that was opened earlier became known: name and owner are its own where nobody had changed them */
    opening: opening.optional(),
  }),
  confidential: z.object({ texts }),
});

export const accountMerged = defineEvent({
  name: 'AccountMerged',
  owner,
  version: 1,
  meaning:
    'Two accounts turned out to be the same customer. This account takes over opportunities, contacts and timeline of the other one.',
  data: z.object({
    accountId,
    absorbed: accountId,
    /** the name of the absorbed account, by which the customer is still found */
    name: account.shape.name,
    /** the accounts that the absorbed one had taken over itself */
    parts: z.array(accountId).max(itemLimits.absorbedAccounts),
  }),
});

export const accountAbsorbed = defineEvent({
  name: 'AccountAbsorbed',
  owner,
  version: 1,
  meaning: 'This account turned out to be the same customer as another one, which has taken over everything.',
  data: z.object({ accountId, into: accountId }),
});

export const accountMergeUndone = defineEvent({
  name: 'AccountMergeUndone',
  owner,
  version: 1,
  meaning: 'The absorbed account is another customer after all. This account gives back what came from it.',
  data: z.object({ accountId, absorbed: accountId }),
});

export const accountRestored = defineEvent({
  name: 'AccountRestored',
  owner,
  version: 1,
  meaning: 'A merge was undone, and the absorbed account counts again as it was.',
  data: z.object({ accountId, from: accountId }),
});

export const accountTextsErased = defineEvent({
  name: 'AccountTextsErased',
  owner,
  version: 1,
  meaning: 'The natural person who is the customer was erased: what was typed about the account is deleted.',
  data: z.object({ accountId }),
});

/** What a contact has to say in a decision. */
export const contactRole = z.enum(['decides', 'influences', 'uses', 'signs', 'blocks', 'unknown']);
export const consentState = z.enum(['unknown', 'given', 'withdrawn']);

/** What identifies a contact. */
export const contactPerson = z.object({
  name: plainName.optional(),
  position: plainName.optional(),
  email: z
    .string()
    .max(320)
    .regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'is an e-mail address, such as ada@example.com')
    .optional(),
  phone: plainName.max(60).optional(),
});
export type ContactPerson = z.infer<typeof contactPerson>;
export const contactField = contactPerson.keyof();

const contactAbout = z.object({ contactId, accountId, leadId: leadId.nullable(), role: contactRole, consent: consentState });

export const contactAdded = defineEvent({
  name: 'ContactAdded',
  owner,
  version: 1,
  meaning: 'A person at an account became known: by hand, or as a lead who was converted.',
  data: contactAbout,
  confidential: z.object({ person: contactPerson }),
});

export const contactAmended = defineEvent({
  name: 'ContactAmended',
  owner,
  version: 1,
  meaning: 'Something is known of a contact that was not, or not any more. What identifies the person is named and not published.',
  data: contactAbout.extend({ changed: z.array(z.enum([...contactField.options, 'role', 'consent'])) }),
  confidential: z.object({ person: contactPerson }),
});

export const contactErased = defineEvent({
  name: 'ContactErased',
  owner,
  version: 1,
  meaning: 'Everything that identifies a contact is deleted.',
  data: z.object({ contactId, accountId, reason: z.enum(['request', 'lead-erased']) }),
});

export const accountFieldsPublished = defineEvent({
  name: 'AccountFieldsPublished',
  owner,
  version: 1,
  meaning: 'The fields that the company adds to its accounts, or a new version of them.',
  data: z.object({ version: z.int().positive(), fields: accountFieldList }),
});

/** The events of an account. */
export const accountEvents = [
  accountOpened,
  accountAmended,
  accountMerged,
  accountAbsorbed,
  accountMergeUndone,
  accountRestored,
  accountTextsErased,
] as const;
export type AccountFact = FactOf<(typeof accountEvents)[number]>;

/** The events of a contact. */
export const contactEvents = [contactAdded, contactAmended, contactErased] as const;
export type ContactFact = FactOf<(typeof contactEvents)[number]>;

export type AccountFieldsFact = FactOf<typeof accountFieldsPublished>;

/** Everything about accounts that is published. */
export const customerEvents = [...accountEvents, ...contactEvents, accountFieldsPublished] as const;
