import type { Sentences } from '../audit/sentences.ts';
import type { forecastEvents } from './events.ts';

export const forecastSentences: Sentences<(typeof forecastEvents)[number]['name']> = {
  ForecastPublished: { en: 'A forecast was published.', de: 'Eine Prognose wurde veröffentlicht.' },
  ForecastGraded: { en: 'A forecast was graded against what happened.', de: 'Eine Prognose wurde am Ergebnis gemessen.' },
  JudgementMade: {
    en: 'A manager set an own figure beside the forecast.',
    de: 'Ein Manager hat der Prognose eine eigene Zahl zur Seite gestellt.',
  },
  StageProbabilitiesSet: {
    en: 'The fixed stage probabilities of a process were changed.',
    de: 'Die festen Stufenwahrscheinlichkeiten eines Prozesses wurden geändert.',
  },
  ReplayRequested: { en: 'A replay of the history was requested.', de: 'Ein Nachrechnen der Vergangenheit wurde angefordert.' },
  HistoryReplayed: { en: 'The history was replayed.', de: 'Die Vergangenheit wurde nachgerechnet.' },
  LeakFound: { en: 'A leak in the pipeline was found.', de: 'Ein Leck in der Pipeline wurde gefunden.' },
  OpportunityStalled: { en: 'An opportunity was found to be stalled.', de: 'Eine Verkaufschance ist ins Stocken geraten.' },
};
