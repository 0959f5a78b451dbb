import {
  emptyCompany,
  withMembership,
  endedMemberships,
  monthsIn,
  type Company,
  type Membership,
  type TargetVersion,
} from '@meilenstein/contracts';
import {
  addDays,
  day,
  monthsOf,
  periodNamed,
  planId,
  repId,
  teamId,
  type Day,
  type FiscalCalendar,
  type Period,
} from '@meilenstein/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodesBelow, rollUpTargets, teamOfMonth } from './roll-up-targets.ts';

const calendar: FiscalCalendar = { kind: 'months', startMonth: 1 };
const named = (label: string): Period => {
  const period = periodNamed(calendar, label);
  if (period === undefined) throw new Error(`${label} is not a period`);
  return period;
};
const newYear = day.parse('2026-01-01');
const teams = ['north', 'south', 'east'].map((id) => teamId.parse(id));

const dayOfYear = fc.integer({ min: -40, max: 400 }).map((n) => addDays(newYear, n));
/** A rep's memberships: moves in order of their days, and perhaps a leaving day. */
const memberships = fc
  .record({
    moves: fc.array(fc.tuple(dayOfYear, fc.constantFrom(...teams)), { minLength: 1, maxLength: 5 }),
    leaves: fc.option(dayOfYear, { nil: null }),
  })
  .map(({ moves, leaves }): readonly Membership[] => {
    const all = moves
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .reduce<readonly Membership[]>((before, [from, team]) => withMembership(before, team, from), []);
    return leaves === null ? all : endedMemberships(all, leaves);
  });
const versions = (from: Day, months: readonly number[]): readonly TargetVersion[] => [
  { planId: planId.parse('p'), planVersion: 1, fiscalYear: 2026, effectiveFrom: from, months: [...months] },
];
const people = fc.array(
  fc.record({ memberships, months: fc.option(fc.array(fc.nat(1e9), { minLength: 12, maxLength: 12 }), { nil: null }) }),
  { minLength: 1, maxLength: 8 },
);

const companyWith = (all: readonly { readonly memberships: readonly Membership[] }[]): Company => ({
  ...emptyCompany,
  teams: teams.slice(0, 2).map((team) => ({ teamId: team, name: team, parentTeamId: null, managers: [] })),
  reps: all.map((one, index) => ({
    repId: repId.parse(`r${index}`),
    repCode: '',
    role: 'rep',
    loginSubject: '',
    memberships: one.memberships,
  })),
});

type People = readonly { readonly memberships: readonly Membership[]; readonly months: readonly number[] | null }[];
const sumOf = (all: People, team: string, period: Period): number | null => {
  const company = companyWith(all);
  const below = (month: Period) =>
    nodesBelow(company, teams.slice(2), { level: 'team', key: team }, month).map(({ key }) => {
      const months = all[Number(key.slice(1))]?.months ?? null;
      return { versions: months === null ? [] : versions(newYear, months) };
    });
  return rollUpTargets(below, calendar, period);
};
const total = (sums: readonly (number | null)[]): number => sums.reduce<number>((sum, one) => sum + (one ?? 0), 0);

describe('rollUpTargets', () => {
  it('counts each month of each target in exactly one team, if its rep was in any', () => {
    fc.assert(
      fc.property(people, fc.constantFrom('FY2026', 'FY2026-Q2', '2026-10'), (all, label) => {
        const period = named(label);
        const months = monthsOf(calendar, 2026);
        const inForce = companyWith(all).reps.flatMap((rep, index) =>
          monthsIn(calendar, period)
            .filter((month) => rep.memberships.some((one) => one.from < month.until && (one.until === null || month.from < one.until)))
            .map((month) => all[index]?.months?.[months.findIndex((one) => one.label === month.label)] ?? 0),
        );
        expect(total(teams.map((team) => sumOf(all, team, period)))).toBe(total(inForce));
      }),
    );
  });

  it('sums a year to the same as its months', () => {
    fc.assert(
      fc.property(people, fc.constantFrom(...teams), (all, team) => {
        const months = monthsOf(calendar, 2026).map((month) => sumOf(all, team, month));
        expect(total(months)).toBe(total([sumOf(all, team, named('FY2026'))]));
      }),
    );
  });

  it('does not change for a past month when reps move or leave later', () => {
    fc.assert(
      fc.property(people, fc.constantFrom(...teams), fc.constantFrom(...teams), (all, team, to) => {
        const after = day.parse('2026-05-01');
        const moved = all.map((one, index) => ({
          ...one,
          memberships: index % 2 === 0 ? withMembership(one.memberships, to, after) : endedMemberships(one.memberships, after),
        }));
        expect(sumOf(moved, team, named('2026-04'))).toBe(sumOf(all, team, named('2026-04')));
      }),
    );
  });

  it('counts a newcomer in the first team of the month, and a rep who moves within a month in the old team', () => {
    const rep = (...own: Membership[]) => ({
      repId: repId.parse('r'),
      repCode: '',
      role: 'rep' as const,
      loginSubject: '',
      memberships: own,
    });
    const [north, south] = [teamId.parse('north'), teamId.parse('south')];
    const [second, tenth] = [day.parse('2026-04-02'), day.parse('2026-04-10')];
    expect(
      teamOfMonth(rep({ teamId: north, from: second, until: tenth }, { teamId: south, from: tenth, until: null }), named('2026-04')),
    ).toBe('north');
    expect(teamOfMonth(rep({ teamId: north, from: newYear, until: second }), named('2026-04'))).toBe('north');
    expect(teamOfMonth(rep({ teamId: north, from: newYear, until: named('2026-04').from }), named('2026-04'))).toBeUndefined();
  });

  it('includes a dissolved team in the company for the months in which it had members', () => {
    const company = companyWith([{ memberships: [{ teamId: teamId.parse('east'), from: newYear, until: day.parse('2026-03-02') }] }]);
    const keys = (label: string) =>
      nodesBelow(company, teams.slice(2), { level: 'company', key: 'company' }, named(label)).map((one) => one.key);
    expect(keys('2026-03')).toEqual(['north', 'south', 'east']);
    expect(keys('2026-04')).toEqual(['north', 'south']);
  });
});
