import { wholeCompany, type Node, type NodeGroup } from '../company/nodes.ts';

/** One line of the meeting: a person, or a team where several teams are shown or people are hidden. */
export type TeamRow = { readonly node: Node; readonly name: string };

type Member = { readonly repId: string; readonly name: string; readonly teamId: string | null };

/** The teams under the company, or the people of a team; the team alone where the server shows no single person. */
export const rowsOf = (node: Node, groups: readonly NodeGroup[], people: readonly Member[]): readonly TeamRow[] => {
  const named = (level: 'team' | 'rep') => groups.find((group) => group.level === level)?.nodes ?? [];
  if (node.level === wholeCompany.level) return named('team').map(({ key, name }) => ({ node: { level: 'team', key }, name }));
  const visible = new Set(named('rep').map(({ key }) => key));
  const members = people.filter(({ repId, teamId }) => teamId === node.key && visible.has(repId));
  if (members.length > 1) return members.map(({ repId, name }) => ({ node: { level: 'rep', key: repId }, name }));
  return named('team')
    .filter(({ key }) => key === node.key)
    .map(({ key, name }) => ({ node: { level: 'team', key }, name }));
};

type Silent = { readonly repId: string; readonly teamId: string; readonly stalled: number };

/** How many customers of a row are silent, as the API has counted them by owner. */
export const silentOf = (byOwner: readonly Silent[], { level, key }: Node): number =>
  byOwner.filter(({ repId, teamId }) => (level === 'rep' ? repId === key : teamId === key)).reduce((sum, { stalled }) => sum + stalled, 0);

type Due = { readonly owner: { readonly repId: string; readonly teamId: string } | null; readonly isMissed: boolean };

/**
 * How many answers of a row are overdue, in a list that begins with the earliest deadline; undefined where even the last of a list that
 * goes on is overdue.
 */
export const overdueOf = (leads: readonly Due[], hasMore: boolean, { level, key }: Node): number | undefined =>
  hasMore && leads.at(-1)?.isMissed === true
    ? undefined
    : leads.filter(({ owner, isMissed }) => isMissed && (level === 'rep' ? owner?.repId === key : owner?.teamId === key)).length;

type Period = { readonly kind: 'week' | 'month' | 'quarter' | 'year'; readonly from: string };

/** The smallest window that already ran on a day, so that its forecast can be compared with that day's. */
export const windowRunningOn = (
  day: string,
  current: { readonly month: Period; readonly quarter: Period },
): 'month' | 'quarter' | undefined => {
  if (current.month.from <= day) return 'month';
  return current.quarter.from <= day ? 'quarter' : undefined;
};

type Absence = { readonly from: string; readonly until: string };

/** Until when somebody is away, if they are away now. */
export const awayUntil = (absences: readonly Absence[], now: string): string | undefined =>
  absences.find(({ from, until }) => from <= now && now < until)?.until;
