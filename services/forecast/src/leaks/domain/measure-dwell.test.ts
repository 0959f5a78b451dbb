import { describe, expect, it } from 'vitest';
import type { MonthlyCohort } from './cohort.ts';
import { emitDwell, usualDwell } from './measure-dwell.ts';

/** Customers of a segment who went on from the need, so many after each number of days. */
const cohort = (segment: string | null, onward: Readonly<Record<number, number>>): MonthlyCohort => ({
  processId: 'standard',
  milestoneId: 'need',
  segment,
  teamId: 'north',
  month: '2026-11',
  entries: 100,
  onward: new Map(Object.entries(onward).map(([days, count]) => [Number(days), count])),
  byAct: { did: 0, said: 0, wrote: 0 },
});

describe('usualDwell', () => {
  it('is the days of half of those who went on, and of nine in ten', () => {
    expect(usualDwell([cohort(null, { 1: 16, 4: 11, 7: 3 })])).toEqual({ wentOn: 30, medianDays: 1, usualDays: 4 });
  });

  it('is unknown while fewer than 30 went on', () => {
    expect(usualDwell([cohort(null, { 1: 29 })])).toBeUndefined();
  });

  it('counts all months and teams together', () => {
    expect(usualDwell([cohort(null, { 1: 15 }), cohort(null, { 3: 15 })])).toMatchObject({ wentOn: 30, usualDays: 3 });
  });
});

describe('emitDwell', () => {
  const cohorts = [cohort('small', { 1: 30 }), cohort('large', { 7: 10 })];

  it('names the process, and the segments from which enough went on', () => {
    const decision = emitDwell(null, 'standard', cohorts);
    expect('events' in decision ? decision.events.map(({ data }) => data) : decision).toEqual([
      {
        processId: 'standard',
        milestones: [
          {
            milestoneId: 'need',
            process: { wentOn: 40, medianDays: 1, usualDays: 7 },
            segments: [{ segment: 'small', wentOn: 30, medianDays: 1, usualDays: 1 }],
          },
        ],
      },
    ]);
  });

  it('says nothing while nothing has changed, and says it again once it has', () => {
    const first = emitDwell(null, 'standard', cohorts);
    const emitted = 'events' in first ? (first.events[0]?.data ?? null) : null;
    expect(emitDwell(emitted, 'standard', cohorts)).toEqual({ events: [] });
    expect(emitDwell(emitted, 'standard', [...cohorts, cohort('small', { 2: 1 })])).toMatchObject({ events: [{ name: 'DwellMeasured' }] });
  });
});
