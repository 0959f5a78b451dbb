import type { Node } from '@meilenstein/contracts';
import type { Day, PlanId, RepId, TeamId } from '@meilenstein/kernel';
import type { Key } from '@meilenstein/runtime';

/** The only strings with `#` in this service. */
export const prefixes = {
  rep: 'REP',
  team: 'TEAM',
  settings: 'SETTINGS',
  plan: 'PLAN',
  targets: 'TARGETS',
  credit: 'CREDIT',
  view: 'VIEW',
} as const;

/** gsi1: all reps, all teams, all parts of the settings, all plans; each is read as a whole. */
export const partitions = { reps: 'REPS', teams: 'TEAMS', settings: 'SETTINGS-PARTS', plans: 'PLANS' } as const;

/** The guard of a document of many aggregates: the request in progress, and how often it was put. */
export const organisationGuard: Key = { pk: 'DOCUMENT#organisation', sk: 'GUARD' };
export const planGuard = (id: PlanId): Key => ({ pk: `DOCUMENT#plan#${id}`, sk: 'GUARD' });

/** gsi1: the targets of a node in all plans. gsi2: all targets of a plan. */
export const nodePartition = ({ level, key }: Node): string => `NODE#${level}#${key}`;
export const planPartition = (id: PlanId): string => `PLAN-TARGETS#${id}`;

/** gsi1: the views that somebody has saved. gsi2: those that are shared with a team. */
export const personViews = (subject: string): string => `VIEWS#PERSON#${subject}`;
export const teamViews = (team: TeamId): string => `VIEWS#TEAM#${team}`;

/** Sums by day, from which every period of every calendar is read: one partition for each rep and each team, so that no item is hot. */
export const repSums = (rep: RepId): string => `CREDITED#REP#${rep}`;
export const teamSums = (team: TeamId): string => `CREDITED#TEAM#${team}`;
export const dayOfRep = (day: Day, team: TeamId): string => `${day}#${team}`;
export const dayOfTeam = (day: Day, rep: RepId): string => `${day}#${rep}`;
