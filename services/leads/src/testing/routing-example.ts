import { emptyCompany, routingRules, sellerProfile, territory, type Company } from '@meilenstein/contracts';
import { day, leadId, predicate, repId, teamId, timeZone, toInstant, type Facts, type Instant } from '@meilenstein/kernel';
import type { RoutedLead, RoutingSetup } from '../assignment/domain/route-lead.ts';

/** A small company for tests: three reps in the team north, one in its part hanse, one in the team south, and a manager. */
const company: Company = {
  ...emptyCompany,
  zone: timeZone.parse('Europe/Berlin'),
  holidays: { DE: [day.parse('2026-12-25')] },
  teams: [
    ['north', null],
    ['hanse', 'north'],
    ['south', null],
  ].map(([id, parent]) => ({
    teamId: teamId.parse(id),
    name: String(id),
    parentTeamId: parent === null ? null : teamId.parse(parent),
    managers: [],
  })),
  reps: [
    ['ann', 'north', 'rep'],
    ['bob', 'north', 'rep'],
    ['cem', 'north', 'rep'],
    ['dee', 'hanse', 'rep'],
    ['eve', 'south', 'rep'],
    ['max', 'north', 'manager'],
  ].map(([id, team, role]) => ({
    repId: repId.parse(id),
    repCode: String(id),
    role: role === 'rep' ? ('rep' as const) : ('manager' as const),
    loginSubject: String(id),
    memberships: [{ teamId: teamId.parse(team), from: day.parse('2026-01-01'), until: null }],
  })),
};

const countryIs = (...values: readonly string[]) => predicate.parse({ field: 'country', test: 'one-of', values });

export const exampleTerritories = [
  territory.parse({ territoryId: 'dach', name: 'DACH', parentId: null, when: countryIs('DE', 'AT', 'CH') }),
  territory.parse({ territoryId: 'de', name: 'Germany', parentId: 'dach', when: countryIs('DE') }),
  territory.parse({
    territoryId: 'large',
    name: 'Large in Germany',
    parentId: 'de',
    when: { field: 'employees', test: 'at-least', value: 500 },
  }),
];

export const exampleSetup: RoutingSetup = {
  version: 1,
  company,
  territories: exampleTerritories,
  profiles: [],
  document: routingRules.parse({
    rules: [
      { id: 'large', name: 'Large ones', when: { field: 'employees', test: 'at-least', value: 500 }, to: { skills: ['key accounts'] } },
      { id: 'north', name: 'The north', when: countryIs('DE'), to: { teams: ['north'] } },
    ],
    queue: { queueId: 'inbox', minutes: 120 },
  }),
};

/** The same company with other profiles of some reps. */
export const withProfiles = (...profiles: readonly object[]): RoutingSetup => ({
  ...exampleSetup,
  profiles: profiles.map((one) => sellerProfile.parse(one)),
});

export const monday: Instant = toInstant('2026-03-02T09:00:00Z');

export const exampleLead = (id: string, facts: Facts = { country: 'DE' }, accountOwner: string | null = null): RoutedLead => ({
  leadId: leadId.parse(id),
  facts,
  accountOwner: accountOwner === null ? null : repId.parse(accountOwner),
});
