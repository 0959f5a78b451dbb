/** The languages of texts that people who sell read. */
export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

/** One value for each language, such as a text or a function that makes one. */
export type InLanguages<Value> = Readonly<Record<Language, Value>>;

/** Makes a value for each language. */
export const inEachLanguage = <Value>(make: (language: Language) => Value): InLanguages<Value> => ({ en: make('en'), de: make('de') });
