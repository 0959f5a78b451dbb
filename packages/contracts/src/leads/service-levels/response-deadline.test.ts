import { toInstant } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import { isAnswerDue, isAnsweredInTime, isOverdue } from './response-deadline.ts';

const at = (clock: string) => toInstant(`2026-03-02T${clock}:00Z`);
const given = (dueAt: string | null, answeredAt: string | null = null, endedAt: string | null = null) => ({
  dueAt: dueAt === null ? null : at(dueAt),
  answeredAt: answeredAt === null ? null : at(answeredAt),
  endedAt: endedAt === null ? null : at(endedAt),
});

describe('a lead with a response deadline at 10:00', () => {
  it.each([
    ['that nobody answered is not overdue before it', given('10:00'), '09:59', false],
    ['that nobody answered is overdue at the deadline itself', given('10:00'), '10:00', true],
    ['that nobody answered stays overdue', given('10:00'), '18:00', true],
    ['that a rep answered before it is never overdue', given('10:00', '09:59'), '18:00', false],
    ['that a rep answered at the deadline itself is overdue', given('10:00', '10:00'), '18:00', true],
    ['that a rep answered after it is overdue', given('10:00', '11:00'), '18:00', true],
    ['that was closed before it without an answer is not overdue', given('10:00', null, '09:59'), '18:00', false],
    ['that was closed at the deadline without an answer is overdue', given('10:00', null, '10:00'), '18:00', true],
    ['that was closed before it, and for which a later answer was recorded, is overdue', given('10:00', '11:00', '09:30'), '18:00', true],
    ['that was paused, so that no deadline runs, is not overdue', given(null), '18:00', false],
  ])('%s', (_, times, now, expected) => {
    expect(isOverdue(times, at(now))).toBe(expected);
  });

  it('is answered in time, overdue, or owes no answer: exactly one of them, once the deadline has passed', () => {
    for (const answeredAt of [null, '09:00', '10:00', '11:00'])
      for (const endedAt of [null, '09:30', '10:00', '12:00']) {
        const times = given('10:00', answeredAt, endedAt);
        expect([isAnsweredInTime(times), isOverdue(times, at('18:00')), !isAnswerDue(times)].filter(Boolean)).toHaveLength(1);
      }
  });
});
