import type { AuditedChange, AuditedCommit, AuditedEvent } from '@meilenstein/contracts';
import { csvOf, escapeFormula } from '@meilenstein/kernel';
import type { Language } from '@meilenstein/kernel';

const header: Readonly<Record<Language, readonly string[]>> = {
  en: ['Stored at', 'Actor', 'Who', 'Roles', 'Request', 'Aggregate', 'Id', 'Sequence', 'Event', 'What happened', 'Value', 'From', 'To'],
  de: [
    'Gespeichert',
    'Art',
    'Wer',
    'Rollen',
    'Anfrage',
    'Aggregat',
    'Id',
    'Nummer',
    'Ereignis',
    'Was geschah',
    'Wert',
    'Vorher',
    'Nachher',
  ],
};

/** A number stays a number; a text must not become a formula. */
const cellOf = (value: AuditedChange['from']): string =>
  typeof value === 'string' ? escapeFormula(value) : value === null ? '' : String(value);

const actorOf = ({ actor }: AuditedCommit): readonly string[] => {
  if (actor.kind === 'not-recorded') return [actor.kind, '', ''];
  return actor.kind === 'caller'
    ? [actor.kind, escapeFormula(actor.subject), actor.roles.join(' ')]
    : [actor.kind, escapeFormula(actor.name), ''];
};

const changesOf = ({ changes, moreChanges }: AuditedEvent): readonly (readonly string[])[] => {
  const listed = changes.map(({ path, from, to }) => [escapeFormula(path), cellOf(from), cellOf(to)]);
  const more = moreChanges === 0 ? [] : [[`… ${moreChanges}`, '', '']];
  const rows = [...listed, ...more];
  return rows.length === 0 ? [['', '', '']] : rows;
};

/** A line for each value that changed; one for an event that changed none. */
export const auditCsv = (commits: readonly AuditedCommit[], language: Language): string =>
  csvOf([
    header[language],
    ...commits.flatMap((one) =>
      one.events.flatMap((event) =>
        changesOf(event).map((change) => [
          one.storedAt,
          ...actorOf(one),
          escapeFormula(one.requestId),
          one.aggregate.kind,
          escapeFormula(one.aggregate.id),
          String(event.sequence),
          event.name,
          event.sentence,
          ...change,
        ]),
      ),
    ),
  ]);
