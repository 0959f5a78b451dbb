import type { LeadStatus } from '@meilenstein/contracts';
import type { InLanguages } from '@meilenstein/kernel';

type LeadTexts = {
  readonly months: readonly string[];
  readonly day: (day: number, month: string, year: number) => string;
  readonly time: (day: string, time: string, zone: string) => string;
  /** why a lead is closed */
  readonly ends: Readonly<Partial<Record<LeadStatus, string>>>;
  readonly ended: string;
};

export const leadTexts: InLanguages<LeadTexts> = {
  en: {
    months: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
    day: (day, month, year) => `${day} ${month} ${year}`,
    time: (day, time, zone) => `${day}, ${time} (${zone})`,
    ends: {
      converted: 'it became an opportunity',
      disqualified: 'it was disqualified',
      merged: 'it was merged into another lead',
      erased: 'the person was erased',
    },
    ended: 'the lead ended',
  },
  de: {
    months: ['Januar', 'Februar', 'März', 'April', 'Mai', 'Juni', 'Juli', 'August', 'September', 'Oktober', 'November', 'Dezember'],
    day: (day, month, year) => `${day}. ${month} ${year}`,
    time: (day, time, zone) => `${day}, ${time} Uhr (${zone})`,
    ends: {
      converted: 'der Lead wurde zur Verkaufschance',
      disqualified: 'der Lead wurde disqualifiziert',
      merged: 'der Lead wurde mit einem anderen zusammengeführt',
      erased: 'die Daten der Person wurden gelöscht',
    },
    ended: 'der Lead wurde geschlossen',
  },
};
