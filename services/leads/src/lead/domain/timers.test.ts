import { toInstant } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import { dueTimers, nextCheckAt, withTimer } from './timers.ts';

const nine = toInstant('2026-03-02T09:00:00Z');
const ten = toInstant('2026-03-02T10:00:00Z');
const eleven = toInstant('2026-03-02T11:00:00Z');
const all = { 'service-level': ten, queue: nine, 'follow-up': eleven };

describe('the timers of a lead', () => {
  it('are due at their own time, the earliest first', () => {
    expect([dueTimers(all, toInstant('2026-03-02T08:59:59Z')), dueTimers(all, ten), dueTimers(all, eleven)]).toEqual([
      [],
      ['queue', 'service-level'],
      ['queue', 'service-level', 'follow-up'],
    ]);
  });

  it('put a lead into the due-index with the earliest, or not at all if there is none', () => {
    expect([nextCheckAt(all), nextCheckAt({})]).toEqual([nine, undefined]);
  });

  it('are moved and removed one by one', () => {
    expect(withTimer(all, 'queue', eleven)).toEqual({ ...all, queue: eleven });
    expect(withTimer(withTimer(all, 'queue', null), 'queue', null)).toEqual({ 'service-level': ten, 'follow-up': eleven });
  });
});
