/** What the gateway, the network or a fault says, where no rule refused. */
export const failures = {
  offline: 'Keine Verbindung zum Server.',
  unexpected:
    'Das hätte nicht geschehen dürfen. Laden Sie die Seite neu; bleibt es dabei, geben Sie Ihrer Administration die Kennung unten.',
  notAllowed: 'Dafür fehlt Ihrem Konto die Rolle.',
  notFound: 'Das gibt es nicht, oder Sie dürfen es nicht sehen.',
  tooMany: 'Zu viele Anfragen auf einmal. Es geht in wenigen Sekunden weiter.',
  unavailable: 'Der Dienst antwortet gerade nicht. Es wird von selbst wieder versucht.',
  invalid: 'Eine Angabe passt nicht: {issues}',
  unusualAmount: 'Der Betrag liegt weit außerhalb der bisherigen Aufträge. Stimmt er?',
  closedMonth: 'Der Monat des Auftrags ist abgeschlossen. Wenn er neu berichtet werden soll, bitten Sie die Vertriebssteuerung.',
  conflict: 'Jemand hat das geändert, nachdem Sie es gelesen hatten.',
  correlation: 'Kennung',
};
