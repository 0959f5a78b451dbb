import type { Sentences } from '../audit/sentences.ts';
import type { customerEvents } from './account-events.ts';
import type { evidenceErased, opportunityImportStarted, pipelineEvents, repEstimateImported } from './events.ts';

type Said =
  | (typeof pipelineEvents)[number]
  | (typeof customerEvents)[number]
  | typeof evidenceErased
  | typeof opportunityImportStarted
  | typeof repEstimateImported;

export const pipelineSentences: Sentences<Said['name']> = {
  AccountOpened: { en: 'An account was opened.', de: 'Ein Kunde wurde angelegt.' },
  AccountAmended: { en: 'Facts of an account were changed.', de: 'Angaben zu einem Kunden wurden geändert.' },
  AccountMerged: {
    en: 'Another account of the same customer was merged into this one.',
    de: 'Ein doppelt geführter Kunde wurde mit diesem zusammengeführt.',
  },
  AccountAbsorbed: { en: 'This account was merged into another one.', de: 'Dieser Kunde ist in einem anderen aufgegangen.' },
  AccountMergeUndone: { en: 'A merge of accounts was undone.', de: 'Die Zusammenführung von Kunden wurde aufgehoben.' },
  AccountRestored: { en: 'The account counts by itself again.', de: 'Der Kunde wird wieder für sich geführt.' },
  AccountTextsErased: {
    en: 'What was typed about the customer was deleted, because the person was erased.',
    de: 'Was über den Kunden geschrieben war, wurde gelöscht, weil die Person gelöscht wurde.',
  },
  ContactAdded: { en: 'A contact was added.', de: 'Ein Ansprechpartner wurde hinzugefügt.' },
  ContactAmended: { en: 'A contact was changed.', de: 'Ein Ansprechpartner wurde geändert.' },
  ContactErased: { en: 'A contact was erased.', de: 'Ein Ansprechpartner wurde gelöscht.' },
  AccountFieldsPublished: {
    en: 'The fields that the company adds to accounts were published.',
    de: 'Die eigenen Felder der Firma für Kunden wurden veröffentlicht.',
  },
  ProcessPublished: { en: 'A sales process was published.', de: 'Ein Vertriebsprozess wurde veröffentlicht.' },
  OpportunityOpened: { en: 'An opportunity was opened.', de: 'Eine Verkaufschance wurde eröffnet.' },
  OpportunityAmended: {
    en: 'Amount, segment or owner of an opportunity was changed.',
    de: 'Betrag, Segment oder Zuständiger einer Verkaufschance wurde geändert.',
  },
  MilestoneReached: { en: 'A milestone was recorded.', de: 'Ein Meilenstein wurde festgehalten.' },
  MilestoneWithdrawn: {
    en: 'The evidence of a milestone was withdrawn; the milestone is not reached.',
    de: 'Der Nachweis eines Meilensteins wurde zurückgenommen; der Meilenstein ist nicht erreicht.',
  },
  EvidenceCorrected: { en: 'The evidence of a milestone was corrected.', de: 'Der Nachweis eines Meilensteins wurde berichtigt.' },
  CustomerResponded: {
    en: 'The customer got in touch without reaching a milestone.',
    de: 'Der Kunde hat sich gemeldet, ohne einen Meilenstein zu erreichen.',
  },
  CustomerResponseWithdrawn: {
    en: 'A response of the customer was withdrawn.',
    de: 'Eine Rückmeldung des Kunden wurde zurückgenommen.',
  },
  OpportunityWon: { en: 'The customer ordered.', de: 'Der Kunde hat bestellt.' },
  OpportunityLost: { en: 'An opportunity was closed as lost.', de: 'Eine Verkaufschance wurde als verloren geschlossen.' },
  OpportunityReopened: {
    en: 'An opportunity that was closed is open again.',
    de: 'Eine geschlossene Verkaufschance wurde wieder geöffnet.',
  },
  OrderPartiallyCancelled: { en: 'A part of an order was cancelled.', de: 'Ein Teil eines Auftrags wurde storniert.' },
  OrderCorrected: { en: 'Amount or day of an order were corrected.', de: 'Betrag oder Tag eines Auftrags wurde berichtigt.' },
  OrderCancelled: { en: 'An order was cancelled.', de: 'Ein Auftrag wurde storniert.' },
  OrderTeamCorrected: {
    en: 'The team of an order was corrected, because a membership was told late.',
    de: 'Das Team eines Auftrags wurde berichtigt, weil eine Zugehörigkeit nachgemeldet wurde.',
  },
  EvidenceErased: {
    en: 'The customers’ own words were deleted, because the person was erased.',
    de: 'Die eigenen Worte der Kunden wurden gelöscht, weil die Person gelöscht wurde.',
  },
  OpportunityImportStarted: { en: 'An import of opportunities was started.', de: 'Eine Übernahme von Verkaufschancen wurde begonnen.' },
  RepEstimateImported: {
    en: 'A rep’s estimate was imported from a former system.',
    de: 'Die Einschätzung eines Verkäufers wurde aus einem früheren System übernommen.',
  },
};
