import type { InLanguages } from '@meilenstein/kernel';

type Parts = { readonly score: number; readonly grade: string; readonly fit: number; readonly engagement: number };
type Outcomes = { readonly won: number; readonly lost: number; readonly needed: number };

type ScoringTexts = {
  readonly seen: (count: number, last: string) => string;
  readonly decay: (halfLifeDays: number, atMost: number) => string;
  readonly summary: (parts: Parts) => string;
  readonly aboveLimit: (sum: number) => string;
  readonly belowLimit: (sum: number) => string;
  readonly probability: (ofHundred: number) => string;
  readonly noProbability: (outcomes: Outcomes) => string;
};

export const scoringTexts: InLanguages<ScoringTexts> = {
  en: {
    seen: (count, last) => (count === 1 ? `once, on ${last}` : `${count} times, last on ${last}`),
    decay: (days, atMost) => `loses half of its points every ${days === 1 ? 'day' : `${days} days`}; at most ${atMost} points in all`,
    summary: ({ score, grade, fit, engagement }) =>
      `${score} of 100 points, grade ${grade}: ${fit} for who the person is and ${engagement} for what the person did`,
    aboveLimit: (sum) => `; together ${sum}, of which at most 100 count`,
    belowLimit: (sum) => `; together ${sum}, but a score is never below 0`,
    probability: (ofHundred) => `Judging by past leads, ${ofHundred} of 100 leads like this one are won`,
    noProbability: ({ won, lost, needed }) =>
      `There is no probability yet: it takes ${needed} won and ${needed} lost leads, and so far there are ${won} and ${lost}`,
  },
  de: {
    seen: (count, last) => (count === 1 ? `einmal, am ${last}` : `${count}-mal, zuletzt am ${last}`),
    decay: (days, atMost) =>
      `verliert ${days === 1 ? 'jeden Tag' : `alle ${days} Tage`} die Hälfte der Punkte; insgesamt höchstens ${atMost} Punkte`,
    summary: ({ score, grade, fit, engagement }) =>
      `${score} von 100 Punkten, Klasse ${grade}: ${fit} für die Passung und ${engagement} für das Verhalten`,
    aboveLimit: (sum) => `; zusammen ${sum}, davon zählen höchstens 100`,
    belowLimit: (sum) => `; zusammen ${sum}, aber eine Punktzahl ist nie kleiner als 0`,
    probability: (ofHundred) => `Von 100 Leads wie diesem wurden bisher ${ofHundred} gewonnen`,
    noProbability: ({ won, lost, needed }) =>
      `Es gibt noch keine Wahrscheinlichkeit: Nötig sind ${needed} gewonnene und ${needed} verlorene Leads, bisher sind es ${won} und ${lost}`,
  },
};
