import type { Language } from '@meilenstein/kernel';
import { consentTexts } from './texts.ts';

type Links = { readonly confirm: string; readonly withdraw: string };

const paragraphs = (language: Language, { confirm, withdraw }: Links): readonly string[] => {
  const { mail } = consentTexts[language];
  return [mail.greeting, '', mail.confirm, confirm, '', mail.withdraw, withdraw, ''];
};

/** The e-mail that asks a person to confirm a consent. Nothing is known of the person's language, so it is in German and English. */
export const consentMail = (to: string, links: Links) => ({
  to,
  subject: `${consentTexts.de.mail.subject} / ${consentTexts.en.mail.subject}`,
  text: [...paragraphs('de', links), '— — —', '', ...paragraphs('en', links)].join('\n'),
});
