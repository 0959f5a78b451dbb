import { describe, expect, it } from 'vitest';
import { mayEnter, sections, startOf } from './sections.ts';

describe('where somebody begins', () => {
  it.each([
    [['rep'], 'today'],
    [['manager'], 'team'],
    [['rep', 'manager'], 'team'],
    [['operations'], 'setup'],
    [['marketing'], 'sources'],
    [['finance'], 'reports'],
    [['admin'], 'setup'],
  ] as const)('%s: %s', (roles, id) => expect(startOf(roles, undefined)?.id).toBe(id));

  it('is the section that was chosen last, while it is still theirs', () => {
    expect(startOf(['rep'], 'leads')?.id).toBe('leads');
    expect(startOf(['rep'], 'setup')?.id).toBe('today');
  });

  it('is nowhere without a role', () => expect(startOf([], 'today')).toBeUndefined());
});

describe('the bar', () => {
  it('has a letter of its own for each section', () => {
    const letters = sections.map(({ letter }) => letter);
    expect(new Set(letters).size).toBe(letters.length);
  });

  it('shows a rep nothing that belongs to others', () => {
    expect(sections.filter((section) => mayEnter(section, ['rep'])).map(({ id }) => id)).toEqual([
      'today',
      'leads',
      'opportunities',
      'accounts',
      'forecast',
      'targets',
      'leaks',
    ]);
  });
});
