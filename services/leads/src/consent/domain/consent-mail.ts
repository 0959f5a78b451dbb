import type { Language } from '@meilenstein/kernel';
import { consentTexts } from './texts.ts';

/** What an e-mail asks about: a purpose with a link to confirm and one to withdraw. */
export type ConsentLinks = { readonly purpose: string; readonly confirm: string; readonly withdraw: string };

/** The links of one kind, each with its purpose if there are several. */
const listed = (links: readonly ConsentLinks[], kind: 'confirm' | 'withdraw'): readonly string[] =>
  links.length === 1 ? links.map((one) => one[kind]) : links.flatMap((one) => [`${one.purpose}:`, one[kind]]);

const paragraphs = (language: Language, links: readonly ConsentLinks[]): readonly string[] => {
  const { mail } = consentTexts[language];
  return [mail.greeting, '', mail.confirm, ...listed(links, 'confirm'), '', mail.withdraw, ...listed(links, 'withdraw'), ''];
};

/**
 * The e-mail that asks a person to confirm the consents of one submission. Nothing is known of the person's language, so it is in German
 * and English.
 */
export const consentMail = (to: string, links: readonly ConsentLinks[]) => ({
  to,
  subject: `${consentTexts.de.mail.subject} / ${consentTexts.en.mail.subject}`,
  text: [...paragraphs('de', links), '— — —', '', ...paragraphs('en', links)].join('\n'),
});
