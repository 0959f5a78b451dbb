import type { Language } from '@meilenstein/kernel';
import type { Texts } from './de.ts';

declare module 'use-intl' {
  interface AppConfig {
    Locale: Language;
    Messages: Texts;
  }
}

/** The texts of one language, a file of its own that only its readers load. */
export const loadTexts = async (language: Language): Promise<Texts> =>
  language === 'en' ? (await import('./en.ts')).en : (await import('./de.ts')).de;
