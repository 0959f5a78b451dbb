/** What figures are about. */
export const nodes = {
  label: 'Wessen Zahlen',
  company: 'Unternehmen',
  levels: { company: 'Unternehmen', team: 'Teams', rep: 'Personen', segment: 'Segmente', process: 'Vertriebsprozesse' },
  windows: { label: 'Zeitfenster', week: 'Woche', month: 'Monat', quarter: 'Quartal' },
};
