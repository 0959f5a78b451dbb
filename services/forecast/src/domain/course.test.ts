import { describe, expect, it } from 'vitest';
import { eventsOf, type Story } from '../example-history.ts';
import { courseOf, type OpportunityEnvelope } from './course.ts';

const opportunityEvents = (story: Story): readonly OpportunityEnvelope[] =>
  eventsOf(story).filter((event) => event.name !== 'ProcessPublished');
const after = (...steps: Story['steps']) => courseOf(opportunityEvents({ id: 'o', rep: 'ben', began: 100, minor: 5000, steps }));
const step = (what: Story['steps'][number]['what'], days: number) => ({ what, after: days });

describe('the course of an opportunity', () => {
  it('measures each stay in whole days between the recordings', () => {
    const course = after(step('need', 3), step('offer', 2.5), step('won', 0.5));
    expect(course?.stays.map(({ from, to, days }) => [from, to.kind, days])).toEqual([
      [null, 'milestone', 3],
      ['need', 'milestone', 2],
      ['offer', 'won', 0],
    ]);
    expect(course?.status).toBe('won');
    expect(course?.bookings.map((one) => one.sign * one.minor)).toEqual([5000]);
  });

  it('stays at the furthest milestone when an earlier one is proven later', () => {
    expect(after(step('offer', 1), step('need', 5))).toMatchObject({ milestoneId: 'offer', position: 2, stays: [{ from: null }] });
  });

  it('ends with a loss, and nothing moves it afterwards', () => {
    expect(after(step('lost', 4), step('need', 1), step('moved', 1))).toMatchObject({
      status: 'lost',
      repId: 'ben',
      stays: [{ from: null, to: { kind: 'lost' }, days: 4 }],
    });
  });

  it('belongs to the new owner after an amendment, but arrived with the old one', () => {
    expect(after(step('moved', 1))).toMatchObject({ repId: 'dirk', teamId: 'south', arrival: { repId: 'ben', teamId: 'north' } });
  });

  it('takes a cancelled order back when the cancellation is recorded', () => {
    const course = after(step('won', 1), step('cancelled', 40));
    expect(course?.status).toBe('won');
    expect(course?.bookings.map((one) => one.sign * one.minor)).toEqual([5000, -5000]);
  });

  it('is unknown while only an amendment was heard', () => {
    expect(courseOf(opportunityEvents({ id: 'o', rep: 'ben', began: 1, minor: 1, steps: [step('moved', 0)] }).slice(1))).toBeUndefined();
  });
});
