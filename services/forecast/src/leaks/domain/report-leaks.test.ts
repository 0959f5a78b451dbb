import { currency, day } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import type { FlowReport } from './find-leaks.ts';
import { reportLeak } from './report-leaks.ts';

const stretch = (reached: number): NonNullable<FlowReport['observed']> => ({
  from: day.parse('2026-09-01'),
  until: day.parse('2026-10-01'),
  entries: 9_000,
  reached,
  cohort: { entries: 9_000, onward: new Map(), byAct: { did: 0, said: 0, wrote: 0 } },
});

const leakWith = (pValue: number): FlowReport => ({
  processId: 'standard',
  milestoneId: null,
  nextMilestoneId: 'need',
  dimension: 'process',
  key: 'standard',
  horizonDays: 60,
  observed: stretch(900),
  reference: stretch(6_000),
  pValue,
  leak: true,
  value: null,
  missingEvidence: null,
  immature: [],
});

describe('the event of a leak', () => {
  it.each([0, 1e-300, 1e-131])('has a p-value that DynamoDB can store instead of %f', (pValue) => {
    const reported = reportLeak(null, leakWith(pValue), currency.parse('EUR'));
    expect('events' in reported ? reported.events.map((event) => event.data.pValue) : []).toEqual([1e-100]);
  });

  it('has the exact p-value if DynamoDB can store it', () => {
    const reported = reportLeak(null, leakWith(1e-7), currency.parse('EUR'));
    expect('events' in reported ? reported.events.map((event) => event.data.pValue) : []).toEqual([1e-7]);
  });
});
