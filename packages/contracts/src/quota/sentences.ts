import type { Sentences } from '../audit/sentences.ts';
import type { quotaEvents } from './events.ts';

export const quotaSentences: Sentences<(typeof quotaEvents)[number]['name']> = {
  RepJoined: { en: 'A rep joined the organisation.', de: 'Ein Verkäufer ist in die Organisation eingetreten.' },
  RepAmended: {
    en: 'Code, role, login or name of a rep was changed.',
    de: 'Kürzel, Rolle, Anmeldung oder Name eines Verkäufers wurde geändert.',
  },
  RepMoved: { en: 'A rep moved to another team.', de: 'Ein Verkäufer hat das Team gewechselt.' },
  RepMembershipsCorrected: {
    en: 'The teams of a rep were corrected for days that have passed.',
    de: 'Die Teams eines Verkäufers wurden für vergangene Tage berichtigt.',
  },
  RepLeft: { en: 'A rep left the organisation.', de: 'Ein Verkäufer ist aus der Organisation ausgeschieden.' },
  TeamChanged: { en: 'A team was created or changed.', de: 'Ein Team wurde angelegt oder geändert.' },
  TeamDissolved: { en: 'A team was dissolved.', de: 'Ein Team wurde aufgelöst.' },
  SettingsChanged: { en: 'Time zone or reporting currency was changed.', de: 'Zeitzone oder Berichtswährung wurde geändert.' },
  CalendarPublished: { en: 'A fiscal calendar was published.', de: 'Ein Geschäftskalender wurde veröffentlicht.' },
  CalendarWithdrawn: { en: 'A fiscal calendar was withdrawn.', de: 'Ein Geschäftskalender wurde zurückgezogen.' },
  HolidaysPublished: { en: 'The holidays of a region were changed.', de: 'Die Feiertage einer Region wurden geändert.' },
  HolidaysWithdrawn: { en: 'The holidays of a region were withdrawn.', de: 'Die Feiertage einer Region wurden zurückgezogen.' },
  RatesPublished: { en: 'The exchange rates were changed.', de: 'Die Wechselkurse wurden geändert.' },
  PlanPublished: { en: 'A quota plan was published.', de: 'Ein Vertriebsplan wurde veröffentlicht.' },
  TargetsSet: {
    en: 'The targets of a team, a rep or the company were set.',
    de: 'Die Ziele eines Teams, eines Verkäufers oder des Unternehmens wurden gesetzt.',
  },
  CreditGranted: { en: 'A rep got a credit for an order.', de: 'Ein Verkäufer hat für einen Auftrag eine Gutschrift erhalten.' },
  ViewSaved: { en: 'A view of a list was saved.', de: 'Eine Ansicht einer Liste wurde gespeichert.' },
  ViewDeleted: { en: 'A view of a list was deleted.', de: 'Eine Ansicht einer Liste wurde gelöscht.' },
  CreditReversed: {
    en: 'The credit of an order was reversed.',
    de: 'Die Gutschrift für einen Auftrag wurde zurückgenommen.',
  },
};
