import { withPerson, withTeam, type Organisation } from './organisation-document.ts';

type Column = 'name' | 'code' | 'team' | 'manager' | 'login' | 'since';
type Fault = { readonly row: number; readonly column: Column };
export type OrganisationFile = { readonly organisation: Organisation; readonly people: number } | { readonly fault: Fault };

const columnNames: Readonly<Record<Column, readonly string[]>> = {
  name: ['name'],
  code: ['kürzel', 'code'],
  team: ['team'],
  manager: ['leitung', 'manager'],
  login: ['anmeldung', 'login'],
  since: ['seit', 'since'],
};
const columns = ['name', 'code', 'team', 'manager', 'login', 'since'] as const;

/** Cells of a line; a cell in quotes may hold the separator. */
const cellsOf = (line: string, separator: string): readonly string[] =>
  [...line.matchAll(new RegExp(`(?:^|${separator})(?:"((?:[^"]|"")*)"|([^${separator}]*))`, 'g'))].map(([, quoted, plain]) =>
    (quoted?.replaceAll('""', '"') ?? plain ?? '').trim(),
  );

const dayIn = (text: string): string | undefined => {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return text;
  const [, day = '', month = '', year = ''] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text) ?? [];
  return year === '' ? undefined : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
};

const isYes = (text: string): boolean => /^(x|ja|yes|1|true|wahr)$/i.test(text);

/**
 * Reads people from a CSV file into an organisation: who is known by their login is changed, others are added, and teams that are new are
 * made. Nothing is taken of a file with a fault.
 */
export const organisationFile = (text: string, before: Organisation): OrganisationFile => {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
  const separator = (lines[0] ?? '').includes(';') ? ';' : ',';
  const head = cellsOf(lines[0] ?? '', separator).map((cell) => cell.toLowerCase());
  const at = (column: Column): number => head.findIndex((cell) => columnNames[column].includes(cell));
  const absent = columns.find((column) => column !== 'manager' && at(column) < 0);
  if (absent !== undefined) return { fault: { row: 1, column: absent } };
  let organisation = before;
  for (const [index, line] of lines.slice(1).entries()) {
    const cells = cellsOf(line, separator);
    const cell = (column: Column): string => cells[at(column)] ?? '';
    const since = dayIn(cell('since'));
    const empty = (['name', 'code', 'team', 'login'] as const).find((column) => cell(column) === '');
    if (empty !== undefined || since === undefined) return { fault: { row: index + 2, column: empty ?? 'since' } };
    const team = organisation.teams.find(({ name, teamId }) => name === cell('team') || teamId === cell('team'));
    if (team === undefined)
      organisation = withTeam(organisation, organisation.teams.length, {
        teamId: '',
        name: cell('team'),
        managers: [],
        effectiveFrom: since,
      });
    const teamId = team?.teamId ?? organisation.teams.at(-1)?.teamId ?? '';
    const known = organisation.reps.findIndex(({ loginSubject }) => loginSubject === cell('login'));
    const old = organisation.reps[known];
    const isLeader = isYes(cell('manager'));
    const isThere = old?.memberships.at(-1)?.teamId === teamId;
    organisation = withPerson(organisation, known < 0 ? organisation.reps.length : known, {
      repId: old?.repId ?? '',
      repCode: cell('code'),
      name: cell('name'),
      role: isLeader ? 'manager' : 'rep',
      loginSubject: cell('login'),
      memberships: isThere ? old.memberships : [...(old?.memberships ?? []), { teamId, effectiveFrom: since }],
      leavesOn: old?.leavesOn ?? null,
    });
    const repId = organisation.reps[known < 0 ? organisation.reps.length - 1 : known]?.repId ?? '';
    if (isLeader) organisation = ledBy(organisation, teamId, repId, since);
  }
  return { organisation, people: lines.length - 1 };
};

const ledBy = (organisation: Organisation, teamId: string, repId: string, since: string): Organisation => ({
  ...organisation,
  teams: organisation.teams.map((team) =>
    team.teamId === teamId
      ? {
          ...team,
          managers: team.managers.includes(repId) ? team.managers : [...team.managers, repId],
          effectiveFrom: since < team.effectiveFrom ? since : team.effectiveFrom,
        }
      : team,
  ),
});
