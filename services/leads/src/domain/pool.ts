import { teamOn, type Company } from '@meilenstein/contracts';
import { instant, repId, type Day, type Instant, type LeadId, type RepId, type TeamId } from '@meilenstein/kernel';
import * as z from 'zod';

/** How often a rep got a lead since entering the pool, and when last. */
export const member = z.object({ repId, count: z.int().nonnegative(), lastAssignedAt: instant.nullable() });
export type Member = z.infer<typeof member>;
/** Everybody who was eligible when somebody looked last. */
export type Pool = { readonly members: readonly Member[] };

export type Eligible = { readonly repId: RepId; readonly teamId: TeamId };

/** Everybody who belongs to a team today. */
export const membersOn = (company: Company, today: Day): readonly Eligible[] =>
  company.reps.flatMap(({ repId: id }) => {
    const teamId = teamOn(company, id, today);
    return teamId === undefined ? [] : [{ repId: id, teamId }];
  });

/** Who may receive a lead by choice: those of them who sell. */
export const eligibleOn = (company: Company, today: Day): readonly Eligible[] =>
  membersOn({ ...company, reps: company.reps.filter((rep) => rep.role === 'rep') }, today);

/**
 * Counts run only while a rep is eligible: who has left is forgotten, who enters (again) begins with the smallest count of those
 * who stayed, so that nobody is flooded after a holiday.
 */
export const withMembers = (before: Pool, eligible: readonly Eligible[]): Pool => {
  const stayed = before.members.filter((one) => eligible.some((other) => other.repId === one.repId));
  const least = stayed.length === 0 ? 0 : Math.min(...stayed.map((one) => one.count));
  const entered = eligible
    .filter((one) => !stayed.some((other) => other.repId === one.repId))
    .map((one): Member => ({ repId: one.repId, count: least, lastAssignedAt: null }));
  return { members: [...stayed, ...entered] };
};

/** FNV-1a, 32 bits: decides ties the same way everywhere, and for each lead differently. */
const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return value;
};

type Rank = readonly [count: number, lastAssignedAt: string, tie: number, repId: string];

// With equal weights count / weight orders as count does; weights belong here once reps have different ones.
const rank = (one: Member, lead: LeadId): Rank => [one.count, one.lastAssignedAt ?? '', hash(`${lead}\n${one.repId}`), one.repId];

const before = (a: Rank, b: Rank): boolean => {
  const position = a.findIndex((value, index) => value !== b[index]);
  const [left, right] = [a[position], b[position]];
  return left !== undefined && right !== undefined && left < right;
};

export type Choice = { readonly repId: RepId; readonly teamId: TeamId; readonly candidates: number };

/**
 * The fair choice: fewest leads while eligible, then longest without one, then a hash of lead and rep. Undefined where nobody may.
 * Counts only grow, so a choice made of the least count stays fair as long as the chosen one's own count has not moved meanwhile.
 */
export const fairChoice = ({ members }: Pool, eligible: readonly Eligible[], lead: LeadId): Choice | undefined => {
  const [first, ...others] = members.filter((one) => eligible.some((other) => other.repId === one.repId));
  if (first === undefined) return undefined;
  const best = others.reduce((a, b) => (before(rank(b, lead), rank(a, lead)) ? b : a), first);
  const chosen = eligible.find((one) => one.repId === best.repId);
  return chosen === undefined ? undefined : { ...chosen, candidates: eligible.length };
};

/** A member after an assignment, by choice or by hand. */
export const assigned = (one: Member, at: Instant): Member => ({ ...one, count: one.count + 1, lastAssignedAt: at });
