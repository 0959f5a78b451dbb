import type { PersonFields } from '@meilenstein/contracts';
import { foldCase } from '@meilenstein/kernel';
import { emailAddressOf } from './email-address.ts';

/** An e-mail address as it identifies a person; undefined if there is none that can be mailed to. */
export const normalisedEmail = (email: string | undefined): string | undefined => emailAddressOf(email ?? '')?.key;

export const domainOf = (email: string): string | undefined => emailAddressOf(email)?.written.split('@')[1]?.toLowerCase();

const freeMail = new Set([
  'gmail.com',
  'googlemail.com',
  'outlook.com',
  'hotmail.com',
  'hotmail.de',
  'live.com',
  'live.de',
  'msn.com',
  'yahoo.com',
  'yahoo.de',
  'icloud.com',
  'me.com',
  'aol.com',
  'gmx.de',
  'gmx.net',
  'gmx.com',
  'gmx.at',
  'gmx.ch',
  'web.de',
  't-online.de',
  'freenet.de',
  'mail.com',
  'mail.de',
  'posteo.de',
  'mailbox.org',
  'proton.me',
  'protonmail.com',
  'arcor.de',
  'bluewin.ch',
  'a1.net',
]);

/** Domains of private e-mail. The list is short on purpose: a miss costs only a few points. */
export const isFreeMail = (domain: string): boolean => freeMail.has(domain);

/** People type their own name or address into any field; a text that may name the person is not published. */
const mayBePerson = (text: string, fields: PersonFields): boolean =>
  text.includes('@') || /^[\d\s+()/.-]+$/.test(text) || text.toLowerCase() === fields.name?.trim().toLowerCase();

/** The company of a lead; undefined if the field is blank or may name the person. */
export const companyNameOf = (fields: PersonFields): string | undefined => {
  const text = fields.company?.trim().replace(/\s+/g, ' ') ?? '';
  return text === '' || mayBePerson(text, fields) ? undefined : text;
};

/** Spellings that differ only in case, spaces and punctuation are one company. */
export const normalisedCompany = (name: string): string =>
  foldCase(name.normalize('NFKC'))
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
