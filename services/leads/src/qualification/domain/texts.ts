import type { DisqualifyReason, Stage } from '@meilenstein/contracts';
import type { InLanguages } from '@meilenstein/kernel';

type QualificationTexts = {
  /** the names of lead and touch fields that sales reads; people who write rules use the keys */
  readonly fields: Readonly<Record<string, string>>;
  readonly ofCompany: (field: string) => string;
  readonly isCompanys: (field: string, isTrue: boolean) => string;
  readonly kinds: Readonly<Record<string, string>>;
  readonly yes: string;
  readonly no: string;
  readonly here: (rule: string, seen: string) => string;
  readonly notKnownSoFar: (rule: string) => string;
  readonly either: (part: string) => string;
  readonly or: string;
  readonly stages: Readonly<Record<Stage, string>>;
  readonly reasons: Readonly<Record<DisqualifyReason, string>>;
  readonly missing: (what: 'interest' | 'intent' | 'fit', rules: string) => string;
  readonly disqualified: (day: string, reason: string) => string;
  readonly qualified: (stage: string, day: string, version: number) => string;
  readonly convertedWithout: (stage: string) => string;
  readonly closedWithout: (stage: string) => string;
  readonly notYet: (stage: string, why: string) => string;
  readonly metNow: string;
};

const missingEnglish = { interest: '', intent: ' for intent', fit: ' for the profile' } as const;
const missingGerman = { interest: '', intent: ' für die Kaufabsicht', fit: ' für die Passung' } as const;

export const qualificationTexts: InLanguages<QualificationTexts> = {
  en: {
    fields: {
      email: 'e-mail address',
      'email.domain': 'domain of the e-mail address',
      'email.business': 'e-mail address of a company',
      phone: 'phone number',
      employees: 'number of employees',
      captured: 'first contact',
      consents: 'purposes agreed to',
      touches: 'number of contacts',
      'touches.kinds': 'kinds of contact',
      'touches.sources': 'sources of contact',
      'touched.last': 'last contact',
      'bant.budget': 'budget',
      'bant.authority': 'authority to decide',
      'bant.need': 'need',
      'bant.timing': 'timing',
      kind: 'kind of contact',
      at: 'time of contact',
    },
    ofCompany: (field) => `${field} of a company`,
    isCompanys: (field, isTrue) => `${field} is ${isTrue ? 'a' : 'not a'} company’s`,
    kinds: { form: 'sent a form', import: 'was known to another system' },
    yes: 'yes',
    no: 'no',
    here: (rule, seen) => `${rule} (here: ${seen})`,
    notKnownSoFar: (rule) => `${rule} (not known so far)`,
    either: (part) => `either ${part}`,
    or: ', or ',
    stages: { mql: 'marketing (MQL)', sql: 'sales (SQL)' },
    reasons: {
      'no-fit': 'it does not fit',
      'no-need': 'there is no need',
      'no-budget': 'there is no budget',
      'no-authority': 'the person does not decide',
      'bad-timing': 'it is the wrong time',
      'price-problem': 'the price is a problem',
      'chose-competitor': 'a competitor was chosen',
      'not-reachable': 'nobody could be reached',
      'not-a-lead': 'it was no lead',
    },
    missing: (what, rules) => `Still missing${missingEnglish[what]}: ${rules}`,
    disqualified: (day, reason) => `Disqualified on ${day}: ${reason}`,
    qualified: (stage, day, version) => `Qualified by ${stage} since ${day}, by version ${version} of the criteria`,
    convertedWithout: (stage) => `Became an opportunity without being qualified by ${stage}`,
    closedWithout: (stage) => `Was not qualified by ${stage}`,
    notYet: (stage, why) => `Not yet qualified by ${stage}. ${why}`,
    metNow: 'The criteria are met, and this counts with the next thing that happens',
  },
  de: {
    fields: {
      email: 'E-Mail-Adresse',
      'email.domain': 'Domain der E-Mail-Adresse',
      'email.business': 'geschäftliche E-Mail-Adresse',
      name: 'Name',
      phone: 'Telefonnummer',
      company: 'Firma',
      country: 'Land',
      employees: 'Mitarbeiterzahl',
      message: 'Nachricht',
      source: 'Quelle',
      captured: 'Erstkontakt',
      consents: 'Zwecke mit Einwilligung',
      touches: 'Zahl der Kontaktpunkte',
      'touches.kinds': 'Arten der Kontaktpunkte',
      'touches.sources': 'Quellen der Kontaktpunkte',
      'touched.last': 'letzter Kontaktpunkt',
      'bant.budget': 'Budget',
      'bant.authority': 'Entscheidungsbefugnis',
      'bant.need': 'Bedarf',
      'bant.timing': 'Zeitrahmen',
      kind: 'Art des Kontaktpunkts',
      at: 'Zeit des Kontaktpunkts',
    },
    ofCompany: (field) => `${field} einer Firma`,
    isCompanys: (field, isTrue) => `${field} gehört ${isTrue ? 'einer' : 'keiner'} Firma`,
    kinds: { form: 'hat ein Formular gesendet', import: 'war einem anderen System bekannt' },
    yes: 'ja',
    no: 'nein',
    here: (rule, seen) => `${rule} (hier: ${seen})`,
    notKnownSoFar: (rule) => `${rule} (bisher nicht bekannt)`,
    either: (part) => `entweder ${part}`,
    or: ' oder ',
    stages: { mql: 'Marketing (MQL)', sql: 'Vertrieb (SQL)' },
    reasons: {
      'no-fit': 'passt nicht',
      'no-need': 'kein Bedarf',
      'no-budget': 'kein Budget',
      'no-authority': 'die Person entscheidet nicht',
      'bad-timing': 'falscher Zeitpunkt',
      'price-problem': 'zu hoher Preis',
      'chose-competitor': 'Entscheidung für einen Wettbewerber',
      'not-reachable': 'niemand war erreichbar',
      'not-a-lead': 'war kein Lead',
    },
    missing: (what, rules) => `Es fehlt noch${missingGerman[what]}: ${rules}`,
    disqualified: (day, reason) => `Disqualifiziert am ${day}: ${reason}`,
    qualified: (stage, day, version) => `Vom ${stage} qualifiziert seit ${day}, nach Version ${version} der Kriterien`,
    convertedWithout: (stage) => `Wurde zur Verkaufschance, ohne vom ${stage} qualifiziert zu sein`,
    closedWithout: (stage) => `Wurde nicht vom ${stage} qualifiziert`,
    notYet: (stage, why) => `Noch nicht vom ${stage} qualifiziert. ${why}`,
    metNow: 'Die Kriterien sind erfüllt; das zählt, sobald wieder etwas geschieht',
  },
};
