import { currency } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import { listOf, partId, partIn, partsOf, queryOf } from './forecast-parts.ts';

const euros = (amount: string) => ({ amount, currency: currency.parse('EUR') });

describe('partsOf', () => {
  it('lists booked first, then the milestones as the API orders them, and what is not known yet last', () => {
    const at = (milestoneId: string | null, expected: string) => ({
      processId: 'direct',
      milestoneId,
      opportunities: 3,
      withoutAmount: 1,
      expected: euros(expected),
    });
    const rows = partsOf({
      booked: euros('5.00'),
      existing: { total: euros('7.00'), byMilestone: [at(null, '3.00'), at('offer', '4.00')] },
      future: euros('1.00'),
    });
    expect(rows.map(({ id, kind, amount }) => [id, kind, amount.amount])).toEqual([
      ['booked', 'booked', '5.00'],
      ['direct ', 'milestone', '3.00'],
      ['direct offer', 'milestone', '4.00'],
      ['future', 'future', '1.00'],
    ]);
  });
});

describe('the part of an address', () => {
  it.each(['all', 'direct:offer', 'direct:none'])('is read as it was written: %s', (text) => {
    const part = partIn(text);
    expect(part === undefined ? undefined : partId(part)).toBe(text);
  });

  it.each([undefined, '', 'direct', ':offer'])('is none for %s', (text) => {
    expect(partIn(text)).toBeUndefined();
  });

  it('asks the API for opportunities without a milestone by a word', () => {
    expect(queryOf({ processId: 'direct', milestoneId: null })).toEqual({ process: 'direct', milestone: 'none' });
    expect(queryOf('all')).toEqual({});
  });
});

describe('listOf', () => {
  const offer = { processId: 'direct', milestoneId: 'offer' };

  it('asks for the same process, milestone and node as the line', () => {
    expect(listOf({ level: 'team', key: 'north' }, offer)).toEqual({ view: 'list', process: 'direct', reached: 'offer', team: 'north' });
    expect(listOf({ level: 'rep', key: 'anna' }, offer)).toMatchObject({ owner: 'anna' });
    expect(listOf({ level: 'segment', key: 'none' }, offer)).toMatchObject({ segment: 'none' });
  });

  it('asks for everything of the node where no milestone is meant', () => {
    expect(listOf({ level: 'team', key: 'north' }, 'all')).toEqual({ view: 'list', team: 'north' });
    expect(listOf({ level: 'process', key: 'direct' }, 'all')).toEqual({ view: 'list', process: 'direct' });
  });

  it('asks for opportunities without a milestone by a word, and for the company without more', () => {
    expect(listOf({ level: 'company', key: 'company' }, { processId: 'direct', milestoneId: null })).toEqual({
      view: 'list',
      process: 'direct',
      reached: 'none',
    });
  });
});
