import type { Account, PersonFields } from '@meilenstein/contracts';
import { accountId, type LeadId } from '@meilenstein/kernel';
import { companyAccountId, deriveId } from '@meilenstein/runtime';
import { companyNameOf } from '../domain/person.ts';

/** The account of the company that was named; equal names are one account. Null if the lead names no company. */
export const companyAccount = (fields: PersonFields): Account | null => {
  const name = companyNameOf(fields);
  return name === undefined ? null : { id: companyAccountId(name), name };
};

/** The account to sell to: the company, or the private person behind the lead, who has an id and no name. */
export const accountOf = (lead: LeadId, fields: PersonFields): Account =>
  companyAccount(fields) ?? { id: accountId.parse(deriveId('account', 'lead', lead)), name: null };
