import type { Organisation } from '@meilenstein/contracts';
import { refusal, type Day, type Refusal } from '@meilenstein/kernel';

type Code =
  | 'organisation-empty'
  | 'membership-before-team'
  | 'team-not-found'
  | 'manager-not-found'
  | 'duplicate-entry'
  | 'memberships-out-of-order';
type OrganisationRefusal = Refusal<Code>;

const checkDuplicates = (field: string, values: readonly string[]): OrganisationRefusal | undefined => {
  const seen = new Set<string>();
  const value = values.find((each) => seen.size === seen.add(each).size);
  return value === undefined ? undefined : refusal('duplicate-entry', 'each may appear only once', { field, value });
};

const checkTeams = ({ teams, reps }: Organisation): OrganisationRefusal | undefined => {
  const known = new Set(teams.map((team) => team.teamId));
  const unknown = reps.flatMap((rep) => (rep.leavesOn === null ? rep.memberships.slice(-1) : [])).find((one) => !known.has(one.teamId));
  return (
    unknown && refusal('team-not-found', 'the document contains no such team', { field: 'reps.memberships.teamId', value: unknown.teamId })
  );
};

const checkManagers = ({ teams, reps }: Organisation): OrganisationRefusal | undefined => {
  const known = new Set(reps.map((rep) => rep.repId));
  const unknown = teams.flatMap((team) => team.managers).find((manager) => !known.has(manager));
  return (
    unknown &&
    refusal('manager-not-found', 'a manager has to be one of the reps in the document', { field: 'teams.managers', value: unknown })
  );
};

const checkOrderOfMemberships = ({ reps }: Organisation): OrganisationRefusal | undefined => {
  const rep = reps.find(({ memberships, leavesOn }) => {
    const days = [...memberships.map((one) => one.effectiveFrom), ...(leavesOn === null ? [] : [leavesOn])];
    return days.some((day, index) => index > 0 && day <= (days[index - 1] ?? day));
  });
  return (
    rep &&
    refusal('memberships-out-of-order', 'let each membership begin after the previous one, and leavesOn come last', {
      field: 'reps.memberships',
      value: rep.repId,
    })
  );
};

/** A rep who is left out leaves today, so an empty document is more likely a mistake than the end of the company. */
const checkNotEmpty = ({ teams, reps }: Organisation): OrganisationRefusal | undefined =>
  teams.length + reps.length === 0
    ? refusal('organisation-empty', 'the document has no team and no rep; everyone left out of it would leave today', {
        field: 'teams, reps',
      })
    : undefined;

/** A team exists from the earliest day ever published for it. Stored memberships are history and are not checked again. */
const checkBeginOfMemberships = (wanted: Organisation, current: Organisation): OrganisationRefusal | undefined => {
  const since = new Map<string, Day>();
  for (const { teamId, effectiveFrom } of [...current.teams, ...wanted.teams])
    if (effectiveFrom < (since.get(teamId) ?? '9999')) since.set(teamId, effectiveFrom);
  const known = new Set(current.reps.flatMap((rep) => rep.memberships.map((one) => `${rep.repId} ${one.teamId} ${one.effectiveFrom}`)));
  const [first] = wanted.reps.flatMap(({ repId, memberships }) =>
    memberships.filter(
      ({ teamId, effectiveFrom }) => effectiveFrom < (since.get(teamId) ?? '') && !known.has(`${repId} ${teamId} ${effectiveFrom}`),
    ),
  );
  return (
    first &&
    refusal('membership-before-team', `team ${first.teamId} begins on ${since.get(first.teamId)}`, {
      field: 'reps.memberships.effectiveFrom',
      value: first.effectiveFrom,
    })
  );
};

/** Checks a new organisation as a whole, given the current one. */
export const checkOrganisation = (wanted: Organisation, current: Organisation): OrganisationRefusal | undefined =>
  checkNotEmpty(wanted) ??
  checkDuplicates(
    'teams.teamId',
    wanted.teams.map((team) => team.teamId),
  ) ??
  checkDuplicates(
    'reps.repId',
    wanted.reps.map((rep) => rep.repId),
  ) ??
  checkDuplicates(
    'reps.repCode',
    wanted.reps.map((rep) => rep.repCode),
  ) ??
  checkDuplicates(
    'reps.loginSubject',
    wanted.reps.map((rep) => rep.loginSubject),
  ) ??
  checkTeams(wanted) ??
  checkManagers(wanted) ??
  checkBeginOfMemberships(wanted, current) ??
  checkOrderOfMemberships(wanted);
