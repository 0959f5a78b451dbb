import { accountId, contactId, repId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineRoutes, pageOf, pageQuery } from '../define-api.ts';
import { plainName, plainText } from '../fragments.ts';
import { accountFieldId, accountFieldList, accountFieldValue } from './account-fields.ts';
import { territoryId } from '../leads/assignment/routing-document.ts';
import {
  accountChannel,
  accountFacts,
  consentState,
  contactField,
  contactPerson,
  contactRole,
  countryCode,
  industryName,
} from './account-events.ts';
import { accountFieldsView, accountItem, accountView, contactView, timelineEntry } from './account-views.ts';

const sellers = ['rep', 'manager', 'operations', 'admin'] as const;
const managers = ['manager', 'operations', 'admin'] as const;
const staff = ['operations', 'admin'] as const;

/** What may be typed about an account; what is absent stays as it is. */
const typedFacts = accountFacts
  .omit({ name: true, fields: true, channel: true })
  .extend({ channel: accountChannel, fields: z.record(accountFieldId, accountFieldValue) })
  .partial();

const factRefusals = {
  'rep-not-found': 422,
  'parent-not-found': 422,
  'parent-circle': 422,
  'account-field-not-found': 422,
  'account-field-value-not-accepted': 422,
} as const;

const accountRefusals = { 'account-not-found': 404, 'version-conflict': 412 } as const;

const person = z.strictObject(contactPerson.shape);
const typedContact = person.extend({ role: contactRole.optional(), consent: consentState.optional() });

/** `null` takes away what is known. */
const contactAmendment = z.strictObject({
  name: contactPerson.shape.name.nullable(),
  position: contactPerson.shape.position.nullable(),
  email: contactPerson.shape.email.nullable(),
  phone: contactPerson.shape.phone.nullable(),
  role: contactRole.optional(),
  consent: consentState.optional(),
});

/** Accounts, their contacts and what happened with them. */
export const accountRoutes = defineRoutes({
  'GET /accounts': {
    summary:
      'Lists accounts with the total of those that the filters leave. A rep sees the accounts that they own, work with or have an opportunity at, a manager those of their teams.',
    roles: sellers,
    query: pageQuery.extend({
      owner: repId.optional(),
      channel: accountChannel.optional(),
      industry: industryName.optional(),
      country: countryCode.optional(),
      territory: territoryId.optional(),
      /** the default is `name`; `open`: the largest sum of open opportunities first */
      sort: z.enum(['name', 'newest', 'open']).optional(),
    }),
    answers: { 200: pageOf(accountItem).extend({ total: z.int().nonnegative() }) },
    refusals: { 'list-too-long': 422, 'rep-not-found': 422 },
  },
  'POST /search/accounts': {
    summary:
      'Finds accounts by name, former name, domain or id, and contacts by name, position, e-mail or phone: at most 20 of each. Case, accents, the order of words and missing ends are forgiven; so is a typing mistake in a word of four letters or more, if it shares half of its groups of three letters with the right one.',
    roles: sellers,
    body: z.strictObject({ text: plainText(200) }),
    answers: {
      200: z.object({
        accounts: z.array(accountItem).max(20),
        contacts: z.array(contactView.extend({ account: z.object({ accountId, name: z.string().nullable() }) })).max(20),
        isComplete: z.boolean(),
      }),
    },
    refusals: {},
  },
  'POST /accounts': {
    summary: 'Opens an account for a company that has no opportunity yet. Other accounts open by themselves with their first opportunity.',
    roles: sellers,
    body: typedFacts.extend({ name: plainName }).strict(),
    answers: { 201: accountView },
    refusals: { ...factRefusals, 'account-exists': 409 },
  },
  'GET /accounts/{accountId}': {
    summary: 'Returns an account; for one that was merged, the account that has taken it over. Carries an ETag.',
    roles: sellers,
    path: z.object({ accountId }),
    answers: { 200: accountView },
    refusals: { 'account-not-found': 404 },
  },
  'POST /accounts/{accountId}/amend': {
    summary: 'Changes facts of an account; what is absent stays as it is, and null takes away what is known.',
    roles: sellers,
    path: z.object({ accountId }),
    body: typedFacts.extend({ name: plainName.optional() }).strict(),
    answers: { 200: accountView },
    refusals: { ...accountRefusals, ...factRefusals, 'account-exists': 422, 'account-private': 422, 'account-merged': 422 },
    ifMatch: 'required',
  },
  'POST /accounts/{accountId}/merge': {
    summary:
      'Merges another account of the same customer into this one, which takes over its opportunities, contacts and timeline. Can be undone.',
    roles: managers,
    path: z.object({ accountId }),
    body: z.strictObject({ other: accountId }),
    answers: { 200: accountView },
    refusals: {
      ...accountRefusals,
      'same-account': 422,
      'account-merged': 422,
      'account-private': 422,
      'too-many-accounts-merged': 422,
    },
    ifMatch: 'required',
  },
  'POST /accounts/{accountId}/unmerge': {
    summary: 'Undoes a merge, because the accounts are two customers after all. Both are again as they were before it.',
    roles: managers,
    path: z.object({ accountId }),
    body: z.strictObject({ absorbed: accountId }),
    answers: { 200: accountView },
    refusals: { ...accountRefusals, 'account-not-merged': 422 },
    ifMatch: 'required',
  },
  'GET /accounts/{accountId}/timeline': {
    summary:
      'Lists what happened with an account and who recorded it, the newest first. Who has only opportunities at it sees what belongs to these, and to the account itself.',
    roles: sellers,
    path: z.object({ accountId }),
    query: pageQuery,
    answers: { 200: pageOf(timelineEntry) },
    refusals: { 'account-not-found': 404 },
  },
  'GET /accounts/{accountId}/contacts': {
    summary: 'Lists the contacts of an account, in the order in which they were added.',
    roles: sellers,
    path: z.object({ accountId }),
    query: pageQuery,
    answers: { 200: pageOf(contactView) },
    refusals: { 'account-not-found': 404 },
  },
  'POST /accounts/{accountId}/contacts': {
    summary: 'Adds a contact to an account.',
    roles: sellers,
    path: z.object({ accountId }),
    body: typedContact.refine(
      (body) => contactField.options.some((field) => body[field] !== undefined),
      'give at least a name, a position, an e-mail address or a phone number',
    ),
    answers: { 201: contactView },
    refusals: { 'account-not-found': 404 },
  },
  'POST /contacts/{contactId}/amend': {
    summary: 'Changes what is known of a contact; what is absent stays as it is, and null takes away what is known.',
    roles: sellers,
    path: z.object({ contactId }),
    body: contactAmendment,
    answers: { 200: contactView },
    refusals: { 'account-contact-not-found': 404, 'version-conflict': 412, 'contact-erased': 422 },
    ifMatch: 'required',
  },
  'DELETE /contacts/{contactId}': {
    summary: 'Erases a contact: everything that identifies the person is deleted. That somebody was there stays.',
    roles: managers,
    path: z.object({ contactId }),
    answers: { 200: contactView },
    refusals: { 'account-contact-not-found': 404 },
  },
  'GET /account-fields': {
    summary: 'Returns the fields that the company has added to its accounts. Carries an ETag.',
    roles: sellers,
    answers: { 200: accountFieldsView },
    refusals: {},
  },
  'PUT /account-fields': {
    summary:
      'Publishes the fields that the company adds to its accounts. What was typed into a field that is left out stays stored and is shown no more.',
    roles: staff,
    body: z.strictObject({ fields: accountFieldList }),
    answers: { 200: accountFieldsView },
    refusals: { 'duplicate-account-field': 422, 'account-field-type-fixed': 422, 'version-conflict': 412 },
    ifMatch: 'required',
  },
});
