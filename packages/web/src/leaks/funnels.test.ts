import { describe, expect, it } from 'vitest';
import { dimensionsIn, funnelsOf, oneIn, type Flow } from './funnels.ts';
import { processId } from '@meilenstein/kernel';

const flow = (key: string, milestoneId: string | null, leak = false): Flow => ({
  processId: processId.parse('direct'),
  milestoneId,
  nextMilestoneId: 'ordered',
  dimension: key === 'direct' ? 'process' : 'team',
  key,
  horizonDays: 20,
  observed: null,
  reference: null,
  pValue: null,
  leak,
  value: null,
  missingEvidence: null,
  dwell: { observed: null, reference: null },
  immature: [],
});

describe('funnelsOf', () => {
  const order = () => ['need', 'offer'];

  it('puts the steps of a funnel into the order of the process', () => {
    const [funnel] = funnelsOf([flow('direct', 'offer', true), flow('direct', null), flow('direct', 'need')], order);
    expect(funnel?.steps.map(({ milestoneId }) => milestoneId)).toEqual([null, 'need', 'offer']);
  });

  it('shows funnels with a leak first and leaves the others as they come', () => {
    const funnels = funnelsOf([flow('direct', null), flow('north', null), flow('south', 'offer', true)], order);
    expect(funnels.map(({ key }) => key)).toEqual(['south', 'direct', 'north']);
  });
});

describe('dimensionsIn', () => {
  it('names only what there is something of', () => {
    expect(dimensionsIn([flow('north', null), flow('direct', null)])).toEqual(['process', 'team']);
    expect(dimensionsIn([])).toEqual([]);
  });
});

describe('oneIn', () => {
  it('rounds down, so that it never claims more than is known', () => {
    expect([oneIn(0.03), oneIn(0.0049), oneIn(0.01)]).toEqual([30, 200, 100]);
  });

  it('says nothing about what chance explains easily, and stops at one in ten thousand', () => {
    expect(oneIn(0.7)).toBeUndefined();
    expect(oneIn(0.00000001)).toBe(10_000);
  });
});
