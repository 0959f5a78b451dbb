import type { Language } from '@meilenstein/kernel';
import type { FirstTexts, Texts } from './de.ts';
import type { DocumentTexts } from './documents-de.ts';

declare module 'use-intl' {
  interface AppConfig {
    Locale: Language;
    Messages: Texts;
  }
}

/** The texts of one language, a file of its own that only its readers load. */
export const loadTexts = async (language: Language): Promise<FirstTexts> =>
  language === 'en' ? (await import('./en.ts')).en : (await import('./de.ts')).de;

/** The further texts of the screens that edit documents. */
export const loadDocumentTexts = async (language: Language): Promise<DocumentTexts> =>
  language === 'en' ? (await import('./documents-en.ts')).documentsEn : (await import('./documents-de.ts')).documentsDe;
