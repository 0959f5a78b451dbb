import type { Sentences } from '../audit/sentences.ts';
import type { forecastEvents } from './events.ts';

export const forecastSentences: Sentences<(typeof forecastEvents)[number]['name']> = {
  ForecastPublished: { en: 'A forecast was published.', de: 'Eine Prognose wurde veröffentlicht.' },
  ForecastGraded: { en: 'A forecast was graded against the result.', de: 'Eine Prognose wurde am Ergebnis gemessen und bewertet.' },
  JudgementMade: {
    en: 'A manager recorded a judgement beside the forecast.',
    de: 'Ein Manager hat neben der Prognose eine eigene Einschätzung festgehalten.',
  },
  StageProbabilitiesSet: {
    en: 'The fixed stage probabilities of a process were changed.',
    de: 'Die festen Stufenwahrscheinlichkeiten eines Prozesses wurden geändert.',
  },
  ReplayRequested: { en: 'A replay of the history was requested.', de: 'Ein Nachrechnen der Vergangenheit wurde angefordert.' },
  HistoryReplayed: { en: 'The history was replayed.', de: 'Die Vergangenheit wurde nachgerechnet.' },
  LeakFound: { en: 'A leak in the pipeline was found.', de: 'Ein Leck in der Pipeline wurde gefunden.' },
  DwellMeasured: {
    en: 'How long customers take to go on from milestones was measured.',
    de: 'Es wurde gemessen, wie lange Kunden bis zum nächsten Meilenstein brauchen.',
  },
  OpportunityStalled: { en: 'An opportunity stalled.', de: 'Eine Verkaufschance steht still.' },
};
