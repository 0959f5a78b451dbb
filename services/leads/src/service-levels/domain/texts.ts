import type { InLanguages } from '@meilenstein/kernel';

type ServiceLevelTexts = {
  readonly workingMinutes: (count: number) => string;
  readonly workingHours: (hours: number, minutes: number) => string;
  readonly noDeadline: string;
  readonly running: (at: string, left: string) => string;
  readonly missed: (since: string, late: string) => string;
  readonly waiting: (since: string, left: string) => string;
  /** the deadline that the report keeps until the customer replies */
  readonly reported: (at: string) => string;
  readonly answered: (waited: string) => string;
  readonly answeredLate: (waited: string, level: string) => string;
  readonly ended: (why: string, at: string) => string;
};

export const serviceLevelTexts: InLanguages<ServiceLevelTexts> = {
  en: {
    workingMinutes: (count) => `${count} working ${count === 1 ? 'minute' : 'minutes'}`,
    workingHours: (hours, minutes) =>
      `${hours} working hours${minutes === 0 ? '' : ` and ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`}`,
    noDeadline: 'there is no deadline, because these hours hold no working time within two years',
    running: (at, left) => `answer by ${at}, ${left} left`,
    missed: (since, late) => `overdue since ${since}, by ${late} so far, and nobody has answered yet`,
    waiting: (since, left) => `waiting for the customer since ${since}, with ${left} left`,
    reported: (at) => `; until the customer replies or a rep answers, the report keeps it as due on ${at}`,
    answered: (waited) => `answered after ${waited}, in time`,
    answeredLate: (waited, level) => `answered after ${waited}, too late: the service level is ${level}`,
    ended: (why, at) => `${why} on ${at}, and no answer had been recorded by then`,
  },
  de: {
    workingMinutes: (count) => `${count} ${count === 1 ? 'Arbeitsminute' : 'Arbeitsminuten'}`,
    workingHours: (hours, minutes) =>
      `${hours} Arbeitsstunden${minutes === 0 ? '' : ` und ${minutes} ${minutes === 1 ? 'Minute' : 'Minuten'}`}`,
    noDeadline: 'es gibt keine Frist, weil diese Zeiten in den nächsten zwei Jahren keine Arbeitszeit enthalten',
    running: (at, left) => `zu beantworten bis ${at}, noch ${left}`,
    missed: (since, late) => `überfällig seit ${since}, bisher um ${late}; noch niemand hat geantwortet`,
    waiting: (since, left) => `wartet seit ${since} auf den Kunden; danach bleiben ${left}`,
    reported: (at) => `; bis der Kunde oder der Vertrieb antwortet, führt der SLA-Bericht den Lead als fällig am ${at}`,
    answered: (waited) => `beantwortet nach ${waited}, rechtzeitig`,
    answeredLate: (waited, level) => `beantwortet nach ${waited}, zu spät: zugesagt sind ${level}`,
    ended: (why, at) => `${why} (${at}); bis dahin war keine Antwort erfasst`,
  },
};
