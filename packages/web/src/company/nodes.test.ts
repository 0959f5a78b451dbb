import { repId, teamId } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import { firstNode, nodeId, nodeIn, nodesFor, type KnownNodes } from './nodes.ts';

const known: KnownNodes = {
  teams: [
    { key: 'north', name: 'North' },
    { key: 'coast', name: 'Coast' },
    { key: 'south', name: 'South' },
  ],
  reps: [
    { key: 'anna', name: 'Anna Nord', teamId: 'north' },
    { key: 'ben', name: 'Ben Küste', teamId: 'coast' },
  ],
  segments: [{ key: 'large', name: 'Large customers' }],
  processes: [],
};

const viewer = {
  roles: ['manager' as const],
  repId: repId.parse('anna'),
  name: 'Anna Nord',
  teamsLed: [{ teamId: teamId.parse('north'), name: 'North' }],
  worksCouncilMode: false,
};

const shown = (groups: ReturnType<typeof nodesFor>) => groups.map(({ level, nodes }) => [level, nodes.map(({ key }) => key).join(' ')]);

describe('nodesFor', () => {
  it('shows a manager the teams they lead, the teams below and the reps in them', () => {
    expect(shown(nodesFor(viewer, known))).toEqual([
      ['team', 'north coast'],
      ['rep', 'anna ben'],
    ]);
  });

  it('hides single people from a manager in works-council mode, except themselves', () => {
    expect(shown(nodesFor({ ...viewer, worksCouncilMode: true }, known))).toEqual([
      ['team', 'north coast'],
      ['rep', 'anna'],
    ]);
  });

  it('shows a rep nothing but themselves, whatever the page knows', () => {
    expect(shown(nodesFor({ ...viewer, roles: ['rep'], teamsLed: [] }, known))).toEqual([['rep', 'anna']]);
  });

  it('shows operations and finance the whole company, and leaves out what there is none of', () => {
    for (const role of ['operations', 'finance', 'admin'] as const)
      expect(shown(nodesFor({ ...viewer, roles: [role], teamsLed: [] }, known))).toEqual([
        ['company', 'company'],
        ['team', 'north coast south'],
        ['rep', 'anna ben'],
        ['segment', 'large'],
      ]);
  });
});

describe('firstNode', () => {
  it('is the company, else the team that somebody leads, else the person', () => {
    expect(nodeId(firstNode({ ...viewer, roles: ['manager', 'admin'] }))).toBe('company');
    expect(nodeId(firstNode(viewer))).toBe('team:north');
    expect(nodeId(firstNode({ ...viewer, roles: ['rep'] }))).toBe('rep:anna');
  });
});

describe('nodeIn', () => {
  it('reads what an address holds, and nothing else', () => {
    expect(nodeIn('company')).toEqual({ level: 'company', key: 'company' });
    expect(nodeIn('team:north')).toEqual({ level: 'team', key: 'north' });
    expect([nodeIn(undefined), nodeIn('planet:earth'), nodeIn('team:')]).toEqual([undefined, undefined, undefined]);
  });
});
