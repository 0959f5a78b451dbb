import type { Organisation } from '@meilenstein/contracts';
import { refused, type Day, type Refusal } from '@meilenstein/kernel';

type Code =
  | 'organisation-empty'
  | 'membership-before-team'
  | 'team-not-found'
  | 'manager-not-found'
  | 'duplicate-entry'
  | 'memberships-out-of-order';
type Complaint = { readonly refused: Refusal<Code> };

const twice = (field: string, values: readonly string[]): Complaint | undefined => {
  const before = new Set<string>();
  const value = values.find((one) => before.size === before.add(one).size);
  return value === undefined ? undefined : refused('duplicate-entry', 'each must be there once', { field, value });
};

const unknownTeam = ({ teams, reps }: Organisation): Complaint | undefined => {
  const known = new Set(teams.map((team) => team.teamId));
  const stranger = reps.flatMap((rep) => (rep.leavesOn === null ? rep.memberships.slice(-1) : [])).find((one) => !known.has(one.teamId));
  return (
    stranger && refused('team-not-found', 'the document names no such team', { field: 'reps.memberships.teamId', value: stranger.teamId })
  );
};

const unknownManager = ({ teams, reps }: Organisation): Complaint | undefined => {
  const known = new Set(reps.map((rep) => rep.repId));
  const stranger = teams.flatMap((team) => team.managers).find((manager) => !known.has(manager));
  return (
    stranger &&
    refused('manager-not-found', 'a manager must be among the reps of the document', { field: 'teams.managers', value: stranger })
  );
};

const disordered = ({ reps }: Organisation): Complaint | undefined => {
  const rep = reps.find(({ memberships, leavesOn }) => {
    const days = [...memberships.map((one) => one.effectiveFrom), ...(leavesOn === null ? [] : [leavesOn])];
    return days.some((day, index) => index > 0 && day <= (days[index - 1] ?? day));
  });
  return (
    rep &&
    refused('memberships-out-of-order', 'each membership begins after the one before, and leaving comes last', {
      field: 'reps.memberships',
      value: rep.repId,
    })
  );
};

/** Whoever is left out leaves today: a document without anybody is more likely a slip than the end of the company. */
const empty = ({ teams, reps }: Organisation): Complaint | undefined =>
  teams.length + reps.length === 0
    ? refused('organisation-empty', 'the document names no team and no rep, and whoever is left out leaves', { field: 'teams, reps' })
    : undefined;

/** A team is there from the first day that was ever told; memberships of before are history and stay as they were. */
const tooEarly = (wanted: Organisation, before: Organisation): Complaint | undefined => {
  const since = new Map<string, Day>();
  for (const { teamId, effectiveFrom } of [...before.teams, ...wanted.teams])
    if (effectiveFrom < (since.get(teamId) ?? '9999')) since.set(teamId, effectiveFrom);
  const known = new Set(before.reps.flatMap((rep) => rep.memberships.map((one) => `${rep.repId} ${one.teamId} ${one.effectiveFrom}`)));
  const [first] = wanted.reps.flatMap(({ repId, memberships }) =>
    memberships.filter(
      ({ teamId, effectiveFrom }) => effectiveFrom < (since.get(teamId) ?? '') && !known.has(`${repId} ${teamId} ${effectiveFrom}`),
    ),
  );
  return (
    first &&
    refused('membership-before-team', `team ${first.teamId} begins on ${since.get(first.teamId)}`, {
      field: 'reps.memberships.effectiveFrom',
      value: first.effectiveFrom,
    })
  );
};

/** What is wrong with an organisation as a whole, given the one before; undefined where nothing is. */
export const complainAbout = (wanted: Organisation, before: Organisation): Complaint | undefined =>
  empty(wanted) ??
  twice(
    'teams.teamId',
    wanted.teams.map((team) => team.teamId),
  ) ??
  twice(
    'reps.repId',
    wanted.reps.map((rep) => rep.repId),
  ) ??
  twice(
    'reps.repCode',
    wanted.reps.map((rep) => rep.repCode),
  ) ??
  twice(
    'reps.loginSubject',
    wanted.reps.map((rep) => rep.loginSubject),
  ) ??
  unknownTeam(wanted) ??
  unknownManager(wanted) ??
  tooEarly(wanted, before) ??
  disordered(wanted);
