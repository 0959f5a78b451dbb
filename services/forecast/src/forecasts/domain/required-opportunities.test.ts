import { expect, it } from 'vitest';
import { requiredOpportunities } from './required-opportunities.ts';

it('a gap is closed by as many new opportunities as it takes, rounded up', () => {
  expect(requiredOpportunities(1000, 300)).toEqual({ count: 4, worthOfOne: 300 });
  expect(requiredOpportunities(900, 300)).toEqual({ count: 3, worthOfOne: 300 });
});

it('where more than the quota is forecast, none is needed', () => {
  expect(requiredOpportunities(-5, 300)).toEqual({ count: 0, worthOfOne: 300 });
  expect(requiredOpportunities(0, 0)).toEqual({ count: 0, worthOfOne: 0 });
});

it('when nothing visible today can be won in time, no number would do', () => {
  expect(requiredOpportunities(1000, 0)).toEqual({ count: null, worthOfOne: 0 });
});

it('without a quota there is no gap', () => {
  expect(requiredOpportunities(null, 300)).toBeNull();
});
