import { expect, it } from 'vitest';
import { newestVersions, shapesOf } from './process-shape.ts';

const versions = [
  { processId: 'machines', version: 1, milestoneIds: ['need', 'visit', 'offer', 'order'] },
  { processId: 'machines', version: 2, milestoneIds: ['need', 'sample', 'offer', 'order'] },
];
const milestonesOf = (inUse: readonly string[]) =>
  shapesOf(versions, inUse).map((shape) => [shape.processId, ...shape.milestones.map((one) => one.milestone)]);

it('shapesOf › has the milestones of the newest version, and keeps those of older versions in their places; the order is left out', () => {
  expect(milestonesOf([])).toEqual([['machines', 'need', 'visit', 'sample', 'offer']]);
});

it('shapesOf › gives a process that is used before it was published no milestones', () => {
  expect(milestonesOf(['services', 'machines'])).toEqual([['machines', 'need', 'visit', 'sample', 'offer'], ['services']]);
});

it('newestVersions › keeps the version with the highest number', () => {
  expect(newestVersions(versions).map((one) => one.version)).toEqual([2]);
});
