import { describe, expect, it } from 'vitest';
import { idFrom } from './organisation-document.ts';
import { organisationFile } from './organisation-file.ts';

const nobody = { teams: [], reps: [] };
const file = `Name;Kürzel;Team;Leitung;Anmeldung;Seit
"Nord; Anna";M1;Vertrieb Süd;ja;login-anna;01.01.2026
Ben Küste;V1;Vertrieb Süd;;login-ben;2026-02-01
`;

describe('an organisation from a file', () => {
  it('has the people of the file in teams that are made on the way', () => {
    expect(organisationFile(file, nobody)).toEqual({
      people: 2,
      organisation: {
        teams: [{ teamId: 'vertrieb-sud', name: 'Vertrieb Süd', managers: ['nord-anna'], effectiveFrom: '2026-01-01' }],
        reps: [
          {
            repId: 'nord-anna',
            repCode: 'M1',
            name: 'Nord; Anna',
            role: 'manager',
            loginSubject: 'login-anna',
            memberships: [{ teamId: 'vertrieb-sud', effectiveFrom: '2026-01-01' }],
            leavesOn: null,
          },
          {
            repId: 'ben-kuste',
            repCode: 'V1',
            name: 'Ben Küste',
            role: 'rep',
            loginSubject: 'login-ben',
            memberships: [{ teamId: 'vertrieb-sud', effectiveFrom: '2026-02-01' }],
            leavesOn: null,
          },
        ],
      },
    });
  });

  it('changes nothing when the same file is read again', () => {
    const once = organisationFile(file, nobody);
    expect('organisation' in once ? organisationFile(file, once.organisation) : undefined).toEqual(once);
  });

  it.each([
    ['Name;Kürzel;Team;Anmeldung', 1, 'since'],
    [`${file}Cem;V2;Nord;;;2026-02-01`, 4, 'login'],
    [`${file}Cem;V2;Nord;;login-cem;gestern`, 4, 'since'],
  ])('names the first fault and takes nothing (%#)', (text, row, column) =>
    expect(organisationFile(text, nobody)).toEqual({ fault: { row, column } }),
  );
});

describe('an id from a name', () => {
  it.each([
    ['Vertrieb Süd', [], 'vertrieb-sud'],
    ['Vertrieb Süd', ['vertrieb-sud'], 'vertrieb-sud-2'],
    ['Größe', [], 'grosse'],
    ['…', [], 'id'],
  ])('%s is %s', (name, taken, id) => expect(idFrom(name, taken)).toBe(id));
});
