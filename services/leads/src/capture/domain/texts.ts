import type { InLanguages } from '@meilenstein/kernel';

/** What became of a value of a form, for whoever tries a payload. */
export type TrialTexts = {
  readonly mapped: string;
  readonly mappedCut: (most: number) => string;
  readonly nothingThere: string;
  readonly isObject: string;
  readonly isBlank: string;
  readonly notUsable: Readonly<Record<'email' | 'phone', string>>;
  readonly tooLong: (most: number) => string;
  readonly notMapped: string;
  /** a value that no mapping names, and the one that would use it */
  readonly couldBeMapped: (path: string, target: 'email' | 'phone' | 'name' | 'company' | 'country' | 'employees' | 'message') => string;
  readonly fetched: string;
  readonly erased: string;
};

const germanFields = {
  email: 'E-Mail-Adresse',
  name: 'Name',
  phone: 'Telefonnummer',
  company: 'Firma',
  country: 'Land',
  employees: 'Mitarbeiterzahl',
  message: 'Nachricht',
} as const;

export const trialTexts: InLanguages<TrialTexts> = {
  en: {
    mapped: 'mapped',
    mappedCut: (most) => `mapped, cut to ${most} characters`,
    nothingThere: 'there is nothing at this path',
    isObject: 'is an object; map one of the values in it',
    isBlank: 'is blank',
    notUsable: { email: 'is not an e-mail address', phone: 'is not a phone number' },
    tooLong: (most) => `is longer than ${most} characters`,
    notMapped: 'is not mapped',
    couldBeMapped: (path, target) => `is not mapped; to use it as ${target}, map "${path}" to "${target}"`,
    fetched: 'the sender delivers a reference; the content behind it is fetched',
    erased: 'the sender asks to erase a person',
  },
  de: {
    mapped: 'zugeordnet',
    mappedCut: (most) => `zugeordnet, auf ${most} Zeichen gekürzt`,
    nothingThere: 'unter diesem Pfad steht nichts',
    isObject: 'ist ein Objekt; ordnen Sie einen der Werte darin zu',
    isBlank: 'ist leer',
    notUsable: { email: 'ist keine E-Mail-Adresse', phone: 'ist keine Telefonnummer' },
    tooLong: (most) => `ist länger als ${most} Zeichen`,
    notMapped: 'ist nicht zugeordnet',
    couldBeMapped: (path, target) => `ist nicht zugeordnet; als ${germanFields[target]} nutzbar, wenn Sie „${path}“ zuordnen`,
    fetched: 'der Absender schickt nur einen Verweis; der Inhalt dahinter wird abgeholt',
    erased: 'der Absender verlangt, eine Person zu löschen',
  },
};
