import type { Sentences } from '../audit/sentences.ts';
import type { reportingEvents } from './events.ts';

export const reportingSentences: Sentences<(typeof reportingEvents)[number]['name']> = {
  ReportPublished: { en: 'A report was published.', de: 'Ein Bericht wurde veröffentlicht.' },
  ReportRestated: { en: 'A further version of a report was published.', de: 'Eine weitere Fassung eines Berichts wurde veröffentlicht.' },
};
