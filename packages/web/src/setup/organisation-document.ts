import { copied, isList, isRecord, type Json, type JsonRecord } from '../documents/json.ts';

export type Team = { readonly teamId: string; readonly name: string; readonly managers: readonly string[]; readonly effectiveFrom: string };
export type Person = {
  readonly repId: string;
  readonly repCode: string;
  readonly name: string;
  readonly role: 'rep' | 'manager';
  readonly loginSubject: string;
  readonly memberships: readonly { readonly teamId: string; readonly effectiveFrom: string }[];
  readonly leavesOn: string | null;
};
export type Organisation = { readonly teams: readonly Team[]; readonly reps: readonly Person[] };

/** The organisation in a document; the API has checked it. */
export const organisationIn = (document: Json): Organisation => {
  const { teams = [], reps = [] } = isRecord(document) ? document : {};
  return copied({ teams: isList(teams) ? teams : [], reps: isList(reps) ? reps : [] });
};

export const documentFrom = (organisation: Organisation): JsonRecord => copied(organisation);

/** An id made from a name, with a number behind it where another one has it: `Vertrieb Süd` is `vertrieb-sud`. */
export const idFrom = (name: string, taken: readonly string[]): string => {
  const stem =
    name
      .normalize('NFKD')
      .toLowerCase()
      .replaceAll('ß', 'ss')
      .replace(/\p{M}/gu, '')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 40) || 'id';
  const numbered = Array.from({ length: taken.length + 1 }, (_, index) => `${stem}-${index + 2}`);
  return taken.includes(stem) ? (numbered.find((id) => !taken.includes(id)) ?? stem) : stem;
};

const replaced = <Item>(items: readonly Item[], index: number, item: Item): readonly Item[] =>
  index < items.length ? items.map((each, at) => (at === index ? item : each)) : [...items, item];

/** The organisation with a team at a position, or with a new one behind the last; a new one gets its id from its name. */
export const withTeam = ({ teams, reps }: Organisation, index: number, team: Team): Organisation => {
  const id =
    team.teamId === ''
      ? idFrom(
          team.name,
          teams.map(({ teamId }) => teamId),
        )
      : team.teamId;
  return { reps, teams: replaced(teams, index, { ...team, teamId: id }) };
};

/** The same with a person. */
export const withPerson = ({ teams, reps }: Organisation, index: number, person: Person): Organisation => {
  const id =
    person.repId === ''
      ? idFrom(
          person.name,
          reps.map(({ repId }) => repId),
        )
      : person.repId;
  return { teams, reps: replaced(reps, index, { ...person, repId: id }) };
};

export const withoutTeam = ({ teams, reps }: Organisation, index: number): Organisation => ({
  reps,
  teams: teams.filter((_, at) => at !== index),
});

export const withoutPerson = ({ teams, reps }: Organisation, index: number): Organisation => ({
  teams,
  reps: reps.filter((_, at) => at !== index),
});
