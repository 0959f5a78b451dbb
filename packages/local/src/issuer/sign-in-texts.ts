import type { Text } from './persona.ts';

export type Language = keyof Text;

/** Everything that the pages of the issuer say. */
export const signInTexts = {
  title: { de: 'Anmelden', en: 'Sign in' },
  question: { de: 'Als wer möchten Sie sich umsehen?', en: 'Who would you like to be?' },
  explanation: {
    de: 'Diese Firma ist erfunden und läuft nur auf Ihrem Rechner. Sie brauchen kein Kennwort.',
    en: 'This company is made up and runs on your machine only. You need no password.',
  },
  nobody: {
    de: 'Noch ist niemand da: Die Firma wird gerade geladen. Laden Sie diese Seite neu, sobald das erledigt ist.',
    en: 'Nobody is here yet: the company is still being loaded. Reload this page once that is done.',
  },
  signOutTitle: { de: 'Abmelden', en: 'Sign out' },
  signOutQuestion: { de: 'Möchten Sie sich abmelden?', en: 'Do you want to sign out?' },
  signOut: { de: 'Abmelden', en: 'Sign out' },
  signedOut: { de: 'Sie sind abgemeldet.', en: 'You are signed out.' },
  failed: { de: 'Die Anmeldung ist fehlgeschlagen', en: 'Signing in failed' },
  startAgain: {
    de: 'Öffnen Sie die Seite noch einmal und melden Sie sich neu an.',
    en: 'Open the page once more and sign in again.',
  },
} as const satisfies Readonly<Record<string, Text>>;

/** The first language of the browser that the product speaks; German where it asks for neither. */
export const languageOf = (acceptLanguage: string | undefined): Language =>
  (acceptLanguage ?? '')
    .split(',')
    .map((one) => one.trim().slice(0, 2).toLowerCase())
    .find((one): one is Language => one === 'de' || one === 'en') ?? 'de';
