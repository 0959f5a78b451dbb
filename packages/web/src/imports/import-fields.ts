import type { imports } from '../texts/de/imports.ts';

export type ImportKind = 'leads' | 'opportunities';
type FieldName = keyof (typeof imports)['fields'];
export type ImportField = { readonly field: string; readonly name: FieldName };

const times: readonly ImportField[] = [
  { field: 'externalId', name: 'externalId' },
  { field: 'occurredAt', name: 'occurredAt' },
  { field: 'recordedAt', name: 'recordedAt' },
];

/** What a column of a table may be, by what is imported. */
export const importFields: Readonly<Record<ImportKind, readonly ImportField[]>> = {
  leads: [
    ...times,
    { field: 'person.name', name: 'name' },
    { field: 'person.email', name: 'email' },
    { field: 'person.phone', name: 'phone' },
    { field: 'person.company', name: 'company' },
    { field: 'person.country', name: 'country' },
    { field: 'person.employees', name: 'employees' },
    { field: 'person.message', name: 'message' },
    { field: 'owner', name: 'owner' },
    { field: 'converted.opportunityExternalId', name: 'convertedTo' },
    { field: 'converted.occurredAt', name: 'convertedAt' },
  ],
  opportunities: [
    ...times,
    { field: 'account.externalId', name: 'accountId' },
    { field: 'account.name', name: 'company' },
    { field: 'owner', name: 'owner' },
    { field: 'amount.amount', name: 'amount' },
    { field: 'amount.currency', name: 'currency' },
    { field: 'processId', name: 'process' },
    { field: 'segment', name: 'segment' },
    { field: 'leadExternalId', name: 'lead' },
    { field: 'opportunity.externalId', name: 'opportunity' },
    { field: 'milestoneId', name: 'milestone' },
    { field: 'act', name: 'act' },
    { field: 'channel', name: 'channel' },
    { field: 'by.role', name: 'partyRole' },
    { field: 'quote', name: 'quote' },
    { field: 'reason', name: 'reason' },
  ],
};

export const rowKinds = ['opportunity', 'evidence', 'order', 'loss', 'cancellation'] as const;
export type RowKind = (typeof rowKinds)[number];

/** Usual names of columns, in small letters, for what a column probably is. */
const usual: Readonly<Record<string, readonly string[]>> = {
  externalId: ['nr', 'nr.', 'nummer', 'id', 'vorgang'],
  occurredAt: ['eingang', 'datum', 'date', 'created', 'angelegt'],
  'person.name': ['name', 'ansprechpartner', 'kontakt', 'contact'],
  'person.email': ['e-mail', 'email', 'mail'],
  'person.phone': ['telefon', 'phone'],
  'person.company': ['firma', 'company', 'unternehmen'],
  'account.name': ['firma', 'company', 'kunde', 'account'],
  'amount.amount': ['betrag', 'auftragswert', 'amount'],
  owner: ['betreut von', 'owner', 'verkäufer'],
};

/** The field that a column probably is; undefined where its name says nothing. */
export const fieldOfColumn = (kind: ImportKind, column: string): string | undefined =>
  importFields[kind].find(({ field }) => usual[field]?.includes(column.trim().toLowerCase()))?.field;
