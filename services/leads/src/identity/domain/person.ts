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

/** Words that stand before or in many names and name nobody. */
const titles = new Set(
  'herr frau mr mrs ms mister madame monsieur dr prof dipl ing med von van der den del della dos san sir lady und and the mag bsc msc mba phd jun sen'.split(
    ' ',
  ),
);

/** A company of one of these forms is a person of its own in law, whatever it is called. */
const legalForm =
  /(?:^|\s)(?:gmbh|mbh|ag|se|kg|kgaa|ohg|ug|eg|e v|ltd|limited|llc|llp|inc|incorporated|corp|corporation|plc|sa|s a|sas|sarl|s a r l|sprl|srl|s r l|spa|s p a|bv|b v|nv|n v|oy|oyj|ab|aps|a s|sp z o o|s r o|kft|d o o|doo|lda|s l|pty|gesellschaft|foundation|stiftung)$/;

const wordsOf = (text: string): readonly string[] =>
  foldCase(text)
    .replace(/[äöüåøæ]/g, (letter) => ({ ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe', æ: 'ae' })[letter] ?? letter)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** A name in one spelling: its words without titles, in the order of the alphabet, so that `Byron, Ada` is `Ada Byron`. Empty: names nobody. */
export const nameKeyOf = (name: string): string =>
  wordsOf(name)
    .filter((word) => !titles.has(word))
    .toSorted()
    .join(' ')
    .slice(0, 100);

const minNameLetters = 3;
/** A shorter name begins many words that have nothing to do with it. */
const minPartLetters = 4;

/** Whether a company's name holds a name of the person, as that of a sole trader does: `Muster, Zoe`, `Muster Design`, `Musters Backstube`. */
const holdsName = (company: string, name: string): boolean => {
  const own = wordsOf(name).filter((word) => word.length >= minNameLetters && !titles.has(word));
  const theirs = wordsOf(company);
  if (legalForm.test(theirs.join(' '))) return false;
  return own.some((word) => theirs.some((other) => other === word || (word.length >= minPartLetters && other.startsWith(word))));
};

/** People type their own name, address or number into any field; a text that may name the person is not published. */
const mayBePerson = (text: string, { name = '' }: PersonFields): boolean =>
  text.includes('@') ||
  /\d(?:[\s+()/.-]*\d){5}/.test(text) ||
  /^[\d\s+()/.-]+$/.test(text) ||
  foldCase(text) === foldCase(name.trim()) ||
  holdsName(text, name);

/** The company of a lead; undefined if the field is blank or may name the person. */
export const companyNameOf = (fields: PersonFields): string | undefined => {
  const text = fields.company?.trim().replace(/\s+/g, ' ') ?? '';
  return text === '' || mayBePerson(text, fields) ? undefined : text;
};
