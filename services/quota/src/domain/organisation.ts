import type { Organisation } from '@meilenstein/contracts';
import { refused, type Refusal } from '@meilenstein/kernel';

type Code = 'team-is-unknown' | 'manager-is-unknown' | 'is-there-twice' | 'memberships-are-not-in-order';
type Complaint = { readonly refused: Refusal<Code> };

const twice = (field: string, values: readonly string[]): Complaint | undefined => {
  const value = values.find((one, index) => values.indexOf(one) !== index);
  return value === undefined ? undefined : refused('is-there-twice', 'each must be there once', { field, value });
};

const unknownTeam = ({ teams, reps }: Organisation): Complaint | undefined => {
  const known = new Set(teams.map((team) => team.teamId));
  const stranger = reps.flatMap((rep) => (rep.leavesOn === null ? rep.memberships.slice(-1) : [])).find((one) => !known.has(one.teamId));
  return (
    stranger && refused('team-is-unknown', 'the document names no such team', { field: 'reps.memberships.teamId', value: stranger.teamId })
  );
};

const unknownManager = ({ teams, reps }: Organisation): Complaint | undefined => {
  const known = new Set(reps.map((rep) => rep.repId));
  const stranger = teams.flatMap((team) => team.managers).find((manager) => !known.has(manager));
  return (
    stranger &&
    refused('manager-is-unknown', 'a manager must be among the reps of the document', { field: 'teams.managers', value: stranger })
  );
};

const disordered = ({ reps }: Organisation): Complaint | undefined => {
  const rep = reps.find(({ memberships, leavesOn }) => {
    const days = [...memberships.map((one) => one.effectiveFrom), ...(leavesOn === null ? [] : [leavesOn])];
    return days.some((day, index) => index > 0 && day <= (days[index - 1] ?? day));
  });
  return (
    rep &&
    refused('memberships-are-not-in-order', 'each membership begins after the one before, and leaving comes last', {
      field: 'reps.memberships',
      value: rep.repId,
    })
  );
};

/** What is wrong with an organisation as a whole; undefined where nothing is. */
export const complainAbout = (wanted: Organisation): Complaint | undefined =>
  twice('teams.teamId', wanted.teams.map((team) => team.teamId)) ??
  twice('reps.repId', wanted.reps.map((rep) => rep.repId)) ??
  twice('reps.repCode', wanted.reps.map((rep) => rep.repCode)) ??
  twice('reps.loginSubject', wanted.reps.map((rep) => rep.loginSubject)) ??
  unknownTeam(wanted) ??
  unknownManager(wanted) ??
  disordered(wanted); // prettier-ignore
