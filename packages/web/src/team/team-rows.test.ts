import { describe, expect, it } from 'vitest';
import type { NodeGroup } from '../company/nodes.ts';
import { awayUntil, overdueOf, rowsOf, silentOf, windowRunningOn } from './team-rows.ts';

const people = [
  { repId: 'anna', name: 'Anna', teamId: 'north' },
  { repId: 'ben', name: 'Ben', teamId: 'north' },
  { repId: 'dirk', name: 'Dirk', teamId: 'south' },
];
const groups: readonly NodeGroup[] = [
  {
    level: 'team',
    nodes: [
      { key: 'north', name: 'North' },
      { key: 'south', name: 'South' },
    ],
  },
  { level: 'rep', nodes: people.map(({ repId, name }) => ({ key: repId, name })) },
];
const north = { level: 'team' as const, key: 'north' };
const anna = { level: 'rep' as const, key: 'anna' };
const ids = (rows: ReturnType<typeof rowsOf>) => rows.map(({ node }) => `${node.level} ${node.key}`);

describe('rowsOf', () => {
  it('shows the people of a team, and the teams of the company', () => {
    expect(ids(rowsOf(north, groups, people))).toEqual(['rep anna', 'rep ben']);
    expect(ids(rowsOf({ level: 'company', key: 'company' }, groups, people))).toEqual(['team north', 'team south']);
  });

  it('shows the team alone where single people are hidden', () => {
    const hidden = groups.map((group) => (group.level === 'rep' ? { ...group, nodes: group.nodes.slice(0, 1) } : group));
    expect(ids(rowsOf(north, hidden, people))).toEqual(['team north']);
  });
});

describe('silentOf', () => {
  const byOwner = [
    { repId: 'anna', teamId: 'north', stalled: 2 },
    { repId: 'ben', teamId: 'north', stalled: 117 },
    { repId: 'dirk', teamId: 'south', stalled: 1 },
  ];

  it('counts what belongs to a person or to a team', () => {
    expect(silentOf(byOwner, anna)).toBe(2);
    expect(silentOf(byOwner, north)).toBe(119);
  });

  it('counts none for a person without a silent customer', () => {
    expect(silentOf(byOwner, { level: 'rep', key: 'cora' })).toBe(0);
  });
});

describe('overdueOf', () => {
  const lead = (repId: string, isMissed: boolean) => ({ owner: { repId, teamId: 'north' }, isMissed });
  const leads = [lead('anna', true), lead('ben', true), { owner: null, isMissed: true }, lead('anna', false)];

  it('counts missed answers of a person or a team, and those of nobody to nobody', () => {
    expect(overdueOf(leads, false, anna)).toBe(1);
    expect(overdueOf(leads, false, north)).toBe(2);
  });

  it('counts the beginning of a longer list once it has passed the missed ones, and claims nothing before', () => {
    expect(overdueOf(leads, true, anna)).toBe(1);
    expect(overdueOf(leads.slice(0, 2), true, anna)).toBeUndefined();
  });
});

describe('windowRunningOn', () => {
  const current = { month: { kind: 'month' as const, from: '2026-12-01' }, quarter: { kind: 'quarter' as const, from: '2026-10-01' } };

  it('takes the month unless the day lies before it', () => {
    expect(windowRunningOn('2026-12-07', current)).toBe('month');
    expect(windowRunningOn('2026-11-30', current)).toBe('quarter');
    expect(windowRunningOn('2026-09-28', current)).toBeUndefined();
  });
});

describe('awayUntil', () => {
  it('names the end of an absence that lasts now', () => {
    const absences = [{ from: '2026-11-29T20:00:00.000Z', until: '2026-12-13T20:00:00.000Z' }];
    expect(awayUntil(absences, '2026-11-30T08:00:00.000Z')).toBe('2026-12-13T20:00:00.000Z');
    expect(awayUntil(absences, '2026-12-13T20:00:00.000Z')).toBeUndefined();
  });
});
