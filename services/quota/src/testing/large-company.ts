import type { Organisation, Plan } from '@meilenstein/contracts';
import { day, repId, teamId } from '@meilenstein/kernel';
import { plan } from './quota-in-memory.ts';

const from = day.parse('2026-01-01');
const numbered = (word: string, number: number, length = 0): string => `${word}${number}`.padEnd(length, 'x');

/** An organisation of the given size; with `isLongest`, every text has its greatest length. */
export const largeOrganisation = (reps: number, teams: number, isLongest = false): Organisation => {
  const [idLength, nameLength] = isLongest ? [80, 120] : [0, 0];
  const team = (number: number) => teamId.parse(numbered('team-', number, idLength));
  const rep = (number: number) => repId.parse(numbered('rep-', number, idLength));
  return {
    teams: Array.from({ length: teams }, (_, n) => ({
      teamId: team(n),
      name: numbered('Team ', n, isLongest ? 80 : 0),
      managers: [rep(n)],
      effectiveFrom: from,
    })),
    reps: Array.from({ length: reps }, (_, n) => ({
      repId: rep(n),
      repCode: numbered('R', n, isLongest ? 20 : 0),
      name: numbered('Name of rep ', n, nameLength),
      role: n < teams ? ('manager' as const) : ('rep' as const),
      loginSubject: numbered('login-', n, isLongest ? 200 : 0),
      memberships: [{ teamId: team(n % teams), effectiveFrom: from }],
      leavesOn: null,
    })),
  };
};

/** A plan with a target for the company, each team and each rep of an organisation. */
export const largePlan = ({ teams, reps }: Organisation, amount = '120000.00'): Plan => ({
  ...plan,
  targets: [
    { level: 'company' as const, key: 'company' },
    ...teams.map(({ teamId: key }) => ({ level: 'team' as const, key })),
    ...reps.map(({ repId: key }) => ({ level: 'rep' as const, key })),
  ].map((node) => ({ node, annual: { amount, currency: plan.currency } })),
});
