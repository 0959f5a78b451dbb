import { expect, it } from 'vitest';
import { newestVersions, shapesOf } from './process-shape.ts';

const versions = [
  { processId: 'machines', version: 1, milestoneIds: ['need', 'visit', 'offer', 'order'] },
  { processId: 'machines', version: 2, milestoneIds: ['need', 'sample', 'offer', 'order'] },
];
const milestonesOf = (inUse: readonly string[]) =>
  shapesOf(versions, inUse).map((shape) => [shape.processId, ...shape.milestones.map((one) => one.milestone)]);

it('a process has the milestones of its newest version, and those of older ones where they were; the order is none of them', () => {
  expect(milestonesOf([])).toEqual([['machines', 'need', 'visit', 'sample', 'offer']]);
});

it('a process that is in use before it was received of has no milestones yet', () => {
  expect(milestonesOf(['services', 'machines'])).toEqual([['machines', 'need', 'visit', 'sample', 'offer'], ['services']]);
});

it('the newest version is the one with the highest number', () => {
  expect(newestVersions(versions).map((one) => one.version)).toEqual([2]);
});
