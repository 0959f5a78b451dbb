import { expect, it } from 'vitest';
import { requiredOpportunities } from './required-opportunities.ts';

it('requiredOpportunities › rounds the number of new opportunities up', () => {
  expect(requiredOpportunities(1000, 300)).toEqual({ count: 4, worthOfOne: 300 });
  expect(requiredOpportunities(900, 300)).toEqual({ count: 3, worthOfOne: 300 });
});

it('requiredOpportunities › is 0 when more than the quota is forecast', () => {
  expect(requiredOpportunities(-5, 300)).toEqual({ count: 0, worthOfOne: 300 });
  expect(requiredOpportunities(0, 0)).toEqual({ count: 0, worthOfOne: 0 });
});

it('requiredOpportunities › is null when nothing opened today can be won in time', () => {
  expect(requiredOpportunities(1000, 0)).toEqual({ count: null, worthOfOne: 0 });
});

it('requiredOpportunities › is null without a quota', () => {
  expect(requiredOpportunities(null, 300)).toBeNull();
});
