import { describe, expect, it } from 'vitest';
import { eventsOf, type Story } from '../../testing/example-history.ts';
import { timelineOf } from './timeline.ts';
import type { OpportunityEnvelope } from './events-in-force.ts';
import { utcDayNumber } from './company-days.ts';
import { openStateOn } from '@meilenstein/forecasting/input/history';
import { historyFromTimeline } from './opportunity-history.ts';

const opportunityEvents = (story: Story): readonly OpportunityEnvelope[] =>
  eventsOf(story).filter((event) => event.name !== 'ProcessPublished');
const after = (...steps: Story['steps']) => timelineOf(opportunityEvents({ id: 'o', rep: 'ben', began: 100, minor: 5000, steps }));
const step = (what: Story['steps'][number]['what'], days: number) => ({ what, after: days });
const units = { dayOf: utcDayNumber, valueOf: (amount: { minor: number } | null) => amount?.minor ?? null };

const historyAfter = (...steps: Story['steps']) => {
  const timeline = after(...steps);
  if (timeline === undefined) throw new Error('the story has no timeline');
  return historyFromTimeline('o', timeline, units);
};
const began = historyAfter().dwells[0]?.since ?? 0;

describe('the timeline of an opportunity', () => {
  it('has a dwell at each milestone with its exit', () => {
    const { dwells, orders } = historyAfter(step('need', 3), step('offer', 2.5), step('won', 0.5));
    expect(dwells.map(({ milestone, since, exit }) => [milestone, since - began, exit])).toEqual([
      ['', 0, '>need'],
      ['need', 3, '>offer'],
      ['offer', 5, 'won'],
    ]);
    expect(orders).toMatchObject([{ wins: 1, minor: 5000, known: 5000 }]);
  });

  it('joins the last milestone and the order into one exit when both are recorded together', () => {
    const { dwells } = historyAfter(step('need', 3), step('order', 2), step('won', 0));
    expect(dwells.map(({ milestone, exit }) => [milestone, exit])).toEqual([
      ['', '>need'],
      ['need', 'won'],
    ]);
    expect(after(step('need', 3), step('order', 2), step('won', 0))?.dwells.at(-1)?.end?.to).toEqual({ kind: 'won', act: 'said' });
    expect(historyAfter(step('offer', 3), step('won', 1)).dwells.at(-1)?.exit).toBe('won');
  });

  it('stays at the furthest milestone when an earlier one is proven later, but counts the evidence', () => {
    const timeline = after(step('offer', 1), step('need', 5));
    expect(timeline).toMatchObject({ position: 2 });
    expect(timeline?.dwells.map((dwell) => dwell.milestoneId)).toEqual([null, 'offer']);
    expect(timeline?.lastEvidenceAt).not.toBe(after(step('offer', 1))?.lastEvidenceAt);
  });

  it('takes no evidence from changes by the seller', () => {
    expect(after(step('need', 1), step('moved', 30))?.lastEvidenceAt).toBe(after(step('need', 1))?.lastEvidenceAt);
  });

  it('ends with a loss and ignores later changes', () => {
    const timeline = after(step('lost', 4), step('need', 1), step('moved', 1));
    expect(timeline).toMatchObject({ status: 'lost', assignments: [{ repId: 'ben' }] });
    expect(historyAfter(step('lost', 4), step('need', 1)).dwells.map((dwell) => dwell.exit)).toEqual(['lost']);
  });

  it('has the new owner after an amendment and keeps the first one as of its arrival', () => {
    const { cells } = historyAfter(step('moved', 1));
    expect(cells.map(({ cell }) => [cell.ownerId, cell.teamId])).toEqual([
      ['ben', 'north'],
      ['dirk', 'south'],
    ]);
  });

  it('reverses an order on the day on which its cancellation is recorded', () => {
    const { orders } = historyAfter(step('won', 1), step('cancelled', 40));
    expect(orders.map(({ wins, minor, known }) => [wins, minor, known])).toEqual([
      [1, 5000, 5000],
      [-1, -5000, 5000],
    ]);
  });

  it('is undefined while only an amendment has been received', () => {
    expect(timelineOf(opportunityEvents({ id: 'o', rep: 'ben', began: 1, minor: 1, steps: [step('moved', 0)] }).slice(1))).toBeUndefined();
  });

  it('gives the open milestone at the end of a day', () => {
    const history = historyAfter(step('need', 3), step('lost', 4));
    expect([1, 5, 8].map((days) => openStateOn(history, began + days)?.milestone)).toEqual(['', 'need', undefined]);
  });
});

describe('what was taken back', () => {
  const dwellsOf = (...steps: Story['steps']) => historyAfter(...steps).dwells.map(({ milestone, exit }) => [milestone, exit]);

  it('leaves no dwell and no exit: a withdrawn milestone, and a loss that was reopened', () => {
    expect(dwellsOf(step('need', 3), step('offer', 2), step('offer-withdrawn', 9))).toEqual(dwellsOf(step('need', 3)));
    expect(dwellsOf(step('need', 3), step('need-withdrawn', 1), step('offer', 2))).toEqual(dwellsOf(step('offer', 6)));
    expect(dwellsOf(step('need', 3), step('lost', 2), step('reopened', 9))).toEqual(dwellsOf(step('need', 3)));
    expect(after(step('need', 3), step('lost', 2), step('reopened', 9))).toMatchObject({ status: 'open', position: 1 });
  });

  it('is counted as silence from the last evidence that is in force', () => {
    const silentSince = (...steps: Story['steps']) => after(...steps)?.lastEvidenceAt;
    const need = step('need', 3);
    expect(silentSince(need, step('responded', 9))).not.toBe(silentSince(need));
    expect(silentSince(need, step('responded', 9), step('response-withdrawn', 1))).toBe(silentSince(need));
    expect(silentSince(need, step('offer', 9), step('offer-withdrawn', 1))).toBe(silentSince(need));
    expect(silentSince(need, step('need-corrected', 9))).toBe(silentSince(need));
    expect(silentSince(need, step('order', 9), step('won', 0), step('cancelled', 3), step('order-reopened', 1))).toBe(silentSince(need));
  });

  it('does not advance anything: a customer who responds stays at the milestone', () => {
    expect(after(step('need', 3), step('responded', 9))).toMatchObject({ position: 1, dwells: [{}, { milestoneId: 'need', end: null }] });
  });

  it('is open again after the order was cancelled, and may be won again; both orders and the cancellation are booked', () => {
    const again = [step('order', 2), step('won', 0), step('cancelled', 5), step('order-reopened', 1), step('order', 4), step('won', 0)];
    const { dwells, orders } = historyAfter(step('need', 3), ...again);
    expect(dwells.map(({ milestone, exit }) => [milestone, exit])).toEqual([
      ['', '>need'],
      ['need', 'won'],
    ]);
    expect(orders.map(({ wins }) => wins)).toEqual([1, -1, 1]);
  });

  it('has the act of the evidence as it was corrected', () => {
    expect(after(step('need', 3), step('need-corrected', 1))?.dwells[0]?.end?.to).toMatchObject({ act: 'wrote' });
  });

  it('books the difference of a corrected or partly cancelled order when it became known', () => {
    const booked = (...steps: Story['steps']) => historyAfter(...steps).orders.map(({ day, wins, minor }) => [day - began, wins, minor]);
    expect(booked(step('won', 1), step('corrected', 40))).toEqual([
      [1, 1, 5000],
      [41, -1, -5000],
      [41, 1, 500],
    ]);
    expect(booked(step('won', 1), step('partly-cancelled', 40))).toEqual([
      [1, 1, 5000],
      [41, -1, -5000],
      [41, 1, 2500],
    ]);
  });
});
