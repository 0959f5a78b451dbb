import {
  allApis,
  companyOf,
  repJoined,
  repLeft,
  teamChanged,
  roles,
  type Caller,
  type CompanyEnvelope,
  type Role,
  type Route,
} from '@meilenstein/contracts';
import { day, repId, teamId, toInstant } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import { admitted, maySee, maySpeakFor, scopeOf } from './policy.ts';

const at = toInstant('2026-01-01T00:00:00Z');
const head = {
  id: 'e',
  version: 1,
  sequence: 1,
  occurredAt: at,
  recordedAt: at,
  storedAt: at,
  origin: 'live' as const,
  correlationId: 'c',
  causedBy: null,
};
const from = day.parse('2026-01-01');
const joined = (id: string, team: string, role: 'rep' | 'manager'): CompanyEnvelope =>
  repJoined.parse({
    ...head,
    name: 'RepJoined',
    subject: id,
    data: { repId: id, repCode: id, role, teamId: team, loginSubject: `login-${id}`, effectiveFrom: from },
  });
const team = (id: string, manager: string): CompanyEnvelope =>
  teamChanged.parse({
    ...head,
    name: 'TeamChanged',
    subject: id,
    data: { teamId: teamId.parse(id), name: id, parentTeamId: null, managers: [manager], effectiveFrom: from },
  });

const company = companyOf([
  team('north', 'boss'),
  team('south', 'other'),
  joined('boss', 'north', 'manager'),
  joined('ann', 'north', 'rep'),
  joined('bob', 'south', 'rep'),
]);
const caller = (subject: string, ...roles: Caller['roles']): Caller => ({ subject, roles, sources: ['s1'] });
const today = day.parse('2026-03-01');
const ann = repId.parse('ann');
const bob = repId.parse('bob');

describe('scopeOf', () => {
  it('gives a rep their own records', () => {
    const scope = scopeOf(company, caller('login-ann', 'rep'), today);
    expect([maySee(scope, ann), maySee(scope, bob), maySee(scope, null)]).toEqual([true, false, false]);
  });

  it('gives a manager the records of the teams that they lead today', () => {
    const scope = scopeOf(company, caller('login-boss', 'manager'), today);
    expect([maySee(scope, ann), maySee(scope, bob)]).toEqual([true, false]);
  });

  it('gives a manager no records of a day before anybody joined', () => {
    const scope = scopeOf(company, caller('login-boss', 'manager'), day.parse('2025-06-01'));
    expect(maySee(scope, ann)).toBe(false);
  });

  it('gives a manager the records of reps who left, so that they can be given to somebody else', () => {
    const left = (id: string, on: string): CompanyEnvelope =>
      repLeft.parse({ ...head, sequence: 2, name: 'RepLeft', subject: id, data: { repId: id, effectiveFrom: on } });
    const before = [team('north', 'boss'), team('south', 'other'), joined('boss', 'north', 'manager'), joined('other', 'south', 'manager')];
    const gone = companyOf([...before, joined('ann', 'north', 'rep'), left('ann', '2026-02-01'), joined('bob', 'south', 'rep')]);
    expect(maySee(scopeOf(gone, caller('login-boss', 'manager'), today), ann)).toBe(true);
    expect(maySee(scopeOf(gone, caller('login-other', 'manager'), today), ann)).toBe(false);
  });

  it('gives operations every record, even one without an owner', () => {
    expect(maySee(scopeOf(company, caller('x', 'operations'), today), null)).toBe(true);
  });

  it('gives a manager whom the organisation does not know no records', () => {
    expect(scopeOf(company, caller('stranger', 'manager'), today)).toEqual({ kind: 'reps', reps: [] });
  });

  it('limits an integration to the sources that its token names', () => {
    expect([
      maySpeakFor(caller('i', 'integration'), 's1'),
      maySpeakFor(caller('i', 'integration'), 's2'),
      maySpeakFor(caller('m', 'marketing'), 's2'),
    ]).toEqual([true, false, true]);
  });
});

/** Every set of roles that a token may name. */
const roleSets: readonly (readonly Role[])[] = roles.reduce<readonly (readonly Role[])[]>(
  (sets, role) => [...sets, ...sets.map((set) => [...set, role])],
  [[]],
);
const everyRoute: readonly (readonly [string, Route])[] = allApis.flatMap((api) =>
  Object.entries(api.routes).filter(([, route]) => route.roles !== 'signature'),
);

describe('a caller with several roles', () => {
  /** What a route may show to a token: the reps whose records it sees, and whether it speaks for every source. */
  const reach = (route: Route, set: readonly Role[]): readonly string[] => {
    const known = admitted(route, caller('login-boss', ...set));
    if (known === undefined) return [];
    const scope = scopeOf(company, known, today);
    const reps = scope.kind === 'everyone' ? [...company.reps.map((rep) => rep.repId), 'nobody'] : scope.reps;
    return [
      ...reps.map((rep) => `rep ${rep}`),
      ...['s1', 's2'].filter((source) => maySpeakFor(known, source)).map((source) => `source ${source}`),
    ];
  };

  it('may do on every route exactly what one of the roles alone may do', () => {
    const wrong = everyRoute.flatMap(([key, route]) =>
      roleSets.flatMap((set) => {
        const alone = new Set(set.flatMap((role) => reach(route, [role])));
        const together = new Set(reach(route, set));
        return together.size === alone.size && [...together].every((one) => alone.has(one)) ? [] : [`${key} with ${set.join(' and ')}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('sees only a rep’s own records as rep and finance if finance alone is not admitted', () => {
    const route = { summary: '', roles: ['rep', 'manager'] as const, answers: {}, refusals: {} };
    const both = admitted(route, caller('login-ann', 'rep', 'finance'));
    expect(both === undefined ? undefined : scopeOf(company, both, today)).toEqual({ kind: 'reps', reps: [ann] });
    expect(admitted(route, caller('login-ann', 'finance'))).toBeUndefined();
  });

  it('has access to no source as integration and rep if the token names none', () => {
    const route = { summary: '', roles: ['marketing', 'integration'] as const, answers: {}, refusals: {} };
    const both = admitted(route, { ...caller('login-ann', 'integration', 'rep'), sources: [] });
    expect(both === undefined ? undefined : maySpeakFor(both, 's1')).toBe(false);
  });
});
