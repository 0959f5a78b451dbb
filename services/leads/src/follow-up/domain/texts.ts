import type { InLanguages } from '@meilenstein/kernel';
import type { StopReason } from './follow-up.ts';

type FollowUpTexts = {
  readonly progress: (done: number, steps: number) => string;
  readonly stopped: (sequence: string, day: string, why: string, progress: string) => string;
  readonly finished: (sequence: string, progress: string) => string;
  readonly running: (sequence: string, progress: string, next: string) => string;
  /** why a sequence stopped; for a closed lead the end of the lead is named instead */
  readonly reasons: Readonly<Record<Exclude<StopReason, 'lead-closed'>, string>>;
};

export const followUpTexts: InLanguages<FollowUpTexts> = {
  en: {
    progress: (done, steps) => `${done} of ${steps} steps done`,
    stopped: (sequence, day, why, progress) => `Sequence ${sequence} stopped on ${day}, because ${why}: ${progress}.`,
    finished: (sequence, progress) => `Sequence ${sequence} is finished: ${progress}.`,
    running: (sequence, progress, next) => `Sequence ${sequence} is running: ${progress}, the next on ${next}.`,
    reasons: {
      answered: 'there was an answer',
      'consent-withdrawn': 'the person withdrew the consent to e-mails',
      'another-sequence': 'another sequence started',
    },
  },
  de: {
    progress: (done, steps) => `${done} von ${steps} Schritten erledigt`,
    stopped: (sequence, day, why, progress) => `Die Nachfass-Abfolge ${sequence} endete am ${day} vorzeitig (${why}): ${progress}.`,
    finished: (sequence, progress) => `Die Nachfass-Abfolge ${sequence} ist abgeschlossen: ${progress}.`,
    running: (sequence, progress, next) => `Die Nachfass-Abfolge ${sequence} läuft: ${progress}, der nächste am ${next}.`,
    reasons: {
      answered: 'es gab eine Antwort',
      'consent-withdrawn': 'die Person hat ihre Einwilligung in E-Mails widerrufen',
      'another-sequence': 'eine andere Abfolge hat begonnen',
    },
  },
};
