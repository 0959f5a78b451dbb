import { routingRules, sellerProfile, territory } from '@meilenstein/contracts';
import { addMillis, day, repId, toInstant, utcDayOf, type Facts } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import { leadsToRequeue } from './requeue.ts';
import { noRoutingState, routeLead, type RoutingSetup, type RoutingState } from './route-lead.ts';
import { checkRouting, knownToRouting } from './routing-rules.ts';
import { availableFrom, sellersOf } from './seller.ts';
import { checkTerritories, territoryOf } from './territory.ts';
import { exampleLead, exampleSetup, exampleTerritories, monday, withProfiles } from '../../testing/routing-example.ts';

const office = { zone: 'Europe/Berlin', windows: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', until: '17:00' })) };
const route = (setup: RoutingSetup, facts: Facts = { country: 'DE' }, state: RoutingState = noRoutingState, now = monday) =>
  routeLead(setup, state, exampleLead('l1', facts), now).routing;
const whyNot = (setup: RoutingSetup, facts?: Facts, now = monday) =>
  Object.fromEntries(route(setup, facts, noRoutingState, now).excluded.map((one) => [one.repId, one.code]));
const sole = (profile: object, setup = exampleSetup): RoutingSetup => ({
  ...setup,
  profiles: [...setup.profiles, sellerProfile.parse(profile)],
});
const asking = (to: object, setup = exampleSetup): RoutingSetup => ({
  ...setup,
  document: routingRules.parse({
    ...setup.document,
    rules: [{ id: 'asked', name: 'Asked', when: { field: 'country', test: 'present' }, to }],
  }),
});

describe('routeLead', () => {
  it('assigns the next rep in the rotation of the first matching rule, from the team and the teams below it', () => {
    const { ruleId, rules, candidates, excluded, to } = route(exampleSetup);
    expect(ruleId).toBe('north');
    expect(rules.map((one) => [one.id, one.verdict.answer])).toEqual([
      ['large', 'unknown'],
      ['north', 'yes'],
    ]);
    expect(candidates.map((one) => one.repId)).toEqual(['ann', 'bob', 'cem', 'dee']);
    expect(excluded).toEqual([
      { repId: 'eve', code: 'is-in-another-team', words: { en: 'is in team south', de: 'ist im Team south' } },
      { repId: 'max', code: 'does-not-sell', words: { en: 'is a manager', de: 'ist Führungskraft' } },
    ]);
    expect(to.kind).toBe('rep');
  });

  it('sends a lead to a queue, with a deadline, if no rule matches or no rep is eligible', () => {
    expect(route(exampleSetup, { country: 'FR' }).to).toMatchObject({
      kind: 'queue',
      queue: { queueId: 'inbox', teamId: null, minutes: 120 },
      reason: 'no-matching-rule',
    });
    const { to, excluded } = route(exampleSetup, { country: 'DE', employees: 900 });
    expect(to).toMatchObject({ kind: 'queue', reason: 'no-eligible-rep' });
    expect(excluded.filter((one) => one.code === 'lacks-a-skill')).toHaveLength(5);
  });

  it('keeps the account owner who is still in a team, and counts the lead in the rotation', () => {
    const seen = routeLead(exampleSetup, noRoutingState, exampleLead('l0'), monday).after;
    const { routing, after } = routeLead(exampleSetup, seen, exampleLead('l1', { country: 'DE' }, 'ann'), monday);
    expect(routing.to).toEqual({ kind: 'rep', repId: 'ann', teamId: 'north', reason: 'account-owner' });
    const countOf = (state: RoutingState) => state.rotations['north']?.entries.find((one) => one.repId === 'ann')?.count ?? 0;
    expect(countOf(after)).toBe(countOf(seen) + 1);
    const stranger = routeLead(exampleSetup, noRoutingState, exampleLead('l1', { country: 'DE' }, 'gone'), monday).routing;
    expect(stranger.to).toMatchObject({ reason: 'rotation' });
  });

  it.each([
    [
      'whose membership has ended',
      {
        ...exampleSetup,
        company: {
          ...exampleSetup.company,
          reps: exampleSetup.company.reps.map((rep) =>
            rep.repId === 'ann' ? { ...rep, memberships: rep.memberships.map((one) => ({ ...one, until: utcDayOf(monday) })) } : rep,
          ),
        },
      },
      'belongs-to-no-team',
    ],
    [
      'on holiday',
      withProfiles({ repId: 'ann', absences: [{ from: '2026-03-01T00:00:00Z', until: '2026-03-09T00:00:00Z' }] }),
      'is-absent',
    ],
    [
      'outside working hours',
      withProfiles({ repId: 'ann', hours: { ...office, windows: [{ weekday: 2, from: '09:00', until: '17:00' }] } }),
      'is-outside-working-hours',
    ],
    ['with as many open leads as allowed', withProfiles({ repId: 'ann', capacity: 0 }), 'is-at-capacity'],
  ])('skips a rep %s', (_what, setup, code) => {
    expect(whyNot(setup)).toMatchObject({ ann: code });
  });

  it('assigns a rep who is off duty but back in time', () => {
    const evening = toInstant('2026-03-02T18:00:00Z');
    const off = (waitAtMostMinutes: number) => asking({ waitAtMostMinutes }, withProfiles({ repId: 'ann', hours: office }));
    // 19:00 in Berlin; the office opens at 09:00, 840 minutes later.
    expect(whyNot(off(839), undefined, evening)).toMatchObject({ ann: 'is-outside-working-hours' });
    expect(whyNot(off(840), undefined, evening)).not.toHaveProperty('ann');
  });

  it('compares skills and languages whatever their case and spaces', () => {
    const setup = asking(
      { skills: ['Saws'], languages: ['fr', 'it'] },
      withProfiles({ repId: 'ann', skills: ['saws'], languages: ['FR'] }, { repId: 'bob', skills: ['saws'] }),
    );
    expect(route(setup).to).toMatchObject({ repId: 'ann' });
    expect(whyNot(setup)).toMatchObject({ bob: 'lacks-the-language', cem: 'lacks-a-skill' });
  });

  it('assigns reps who cover the territory of the lead or an outer one; a territory named by the rule includes its parts', () => {
    const covering = sole({ repId: 'ann', territories: ['dach'] }, sole({ repId: 'bob', territories: ['large'] }));
    const small = asking({ territory: 'of-lead' }, covering);
    expect(route(small).territoryId).toBe('de');
    expect(route(small).candidates.map((one) => one.repId)).toEqual(['ann']);
    expect(route(asking({ territory: { territoryId: 'de' } }, covering)).candidates.map((one) => one.repId)).toEqual(['ann', 'bob']);
    expect(whyNot(small)).toMatchObject({ bob: 'covers-another-territory' });
  });
});

describe('availableFrom', () => {
  const ann = (changes: object) =>
    sellersOf(exampleSetup.company, [sellerProfile.parse({ repId: 'ann', region: 'DE', ...changes })], monday).filter(
      (one) => one.repId === 'ann',
    );
  it.each([
    ['without working hours (at once)', {}, '2026-03-02T09:00:00Z', '2026-03-02T09:00:00Z'],
    ['with office hours (when the office opens)', { hours: office }, '2026-03-07T09:00:00Z', '2026-03-09T08:00:00Z'],
    ['with regional holidays (after the holiday)', { hours: office }, '2026-12-24T17:00:00Z', '2026-12-28T08:00:00Z'],
    [
      'with consecutive absences (after the last one)',
      {
        hours: office,
        absences: [
          { from: '2026-03-01T00:00:00Z', until: '2026-03-06T17:00:00Z' },
          { from: '2026-03-09T00:00:00Z', until: '2026-03-10T10:00:00Z' },
        ],
      },
      '2026-03-02T09:00:00Z',
      '2026-03-10T10:00:00Z',
    ],
  ])('answers the first working instant of a rep %s', (_what, changes, from, expected) => {
    expect(ann(changes).map((one) => availableFrom(one, toInstant(from)))).toEqual([toInstant(expected)]);
  });
});

describe('territoryOf', () => {
  const place = { now: monday, today: utcDayOf(monday) };
  const of = (facts: Facts) => territoryOf(exampleTerritories, facts, place)?.territoryId;

  it('chooses the deepest territory that matches together with all territories around it', () => {
    expect([of({ country: 'AT' }), of({ country: 'DE', employees: 10 }), of({ country: 'DE', employees: 700 })]).toEqual([
      'dach',
      'de',
      'large',
    ]);
    expect(of({ country: 'AT', employees: 700 })).toBe('dach');
    expect(of({ country: 'FR', employees: 700 })).toBeUndefined();
  });

  it('chooses the highest priority among effective territories of equal depth', () => {
    const [dach] = exampleTerritories;
    const rival = { ...dach, territoryId: 'rival', parentId: null, priority: 5, when: { field: 'country', test: 'present' } };
    const withRival = (changes: object) => [...exampleTerritories.slice(0, 1), territory.parse({ ...rival, ...changes })];
    const first = (changes: object) => territoryOf(withRival(changes), { country: 'AT' }, place)?.territoryId;
    expect([
      first({}),
      first({ priority: 0 }),
      first({ until: day.parse('2026-03-02') }),
      first({ from: day.parse('2026-03-03') }),
    ]).toEqual(['rival', 'dach', 'dach', 'dach']);
  });

  it.each([
    ['itself as parent', { parentId: 'a' }, 'territory-cycle'],
    ['an unknown parent', { parentId: 'nowhere' }, 'parent-territory-not-found'],
    ['an unknown field', { when: { field: 'contry', test: 'present' } }, 'field-not-found'],
  ])('refuses a territory tree with %s', (_what, changes, code) => {
    const one = territory.parse({ territoryId: 'a', name: 'A', parentId: null, when: { field: 'country', test: 'present' }, ...changes });
    expect(checkTerritories([one])?.code).toBe(code);
    expect(checkTerritories([...exampleTerritories, ...exampleTerritories])?.code).toBe('duplicate-territory');
  });
});

describe('checkRouting', () => {
  const known = knownToRouting(exampleSetup.company, exampleSetup.document, exampleTerritories);
  it.each([
    ['an unknown team', { teams: ['west'] }, 'team-not-found'],
    ['an unknown territory', { territory: { territoryId: 'fr' } }, 'territory-not-found'],
  ])('refuses routing rules that ask for %s', (_what, to, code) => {
    expect(checkRouting(asking(to).document, known)?.code).toBe(code);
  });

  it('accepts valid rules, and refuses a rule id that appears twice', () => {
    const { document } = exampleSetup;
    expect(checkRouting(document, known)).toBeUndefined();
    expect(checkRouting({ ...document, rules: [...document.rules, ...document.rules] }, known)?.code).toBe('duplicate-rule');
  });
});

describe('leadsToRequeue', () => {
  const back = '2026-03-09T08:00:00Z';
  const absent = withProfiles({ repId: 'ann', absences: [{ from: '2026-03-01T00:00:00Z', until: back }] });
  const sellers = sellersOf(absent.company, absent.profiles, monday);
  const open = (owner: string, dueAt: string | null, answeredAt: string | null = null) => ({
    ...exampleLead('l1'),
    ownerId: repId.parse(owner),
    dueAt: dueAt === null ? null : toInstant(dueAt),
    answeredAt: answeredAt === null ? null : toInstant(answeredAt),
  });
  const reasons = (...leads: readonly ReturnType<typeof open>[]) => leadsToRequeue(leads, sellers, monday).map((one) => one.reason);

  it('reassigns all open leads of a rep who has left', () => {
    expect(reasons(open('gone', null, back), open('gone', back))).toEqual(['owner-has-left', 'owner-has-left']);
  });

  it('reassigns the open, unanswered leads of an absent rep whose deadlines would be missed', () => {
    expect(reasons(open('ann', '2026-03-03T08:00:00Z'))).toEqual(['owner-is-absent']);
    expect(reasons(open('ann', back), open('ann', '2026-03-03T08:00:00Z', back), open('bob', '2026-03-03T08:00:00Z'))).toEqual([]);
    expect(reasons(open('ann', addMillis(toInstant(back), -1)))).toEqual(['owner-is-absent']);
  });
});
