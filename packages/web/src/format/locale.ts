import type { Language } from '@meilenstein/kernel';

/** Money, numbers and days as the language's biggest market writes them. */
export const localeOf = (language: Language): string => ({ de: 'de-DE', en: 'en-GB' })[language];
