import { toInstant } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import { dueLooks, nextLook, withLook } from './looks.ts';

const nine = toInstant('2026-03-02T09:00:00Z');
const ten = toInstant('2026-03-02T10:00:00Z');
const eleven = toInstant('2026-03-02T11:00:00Z');
const all = { service: ten, queue: nine, 'follow-up': eleven };

describe('the looks at a lead', () => {
  it('are due at their own time, the earliest first', () => {
    expect([dueLooks(all, toInstant('2026-03-02T08:59:59Z')), dueLooks(all, ten), dueLooks(all, eleven)]).toEqual([
      [],
      ['queue', 'service'],
      ['queue', 'service', 'follow-up'],
    ]);
  });

  it('ask for the earliest of them, and for nobody where there is none', () => {
    expect([nextLook(all), nextLook({})]).toEqual([nine, undefined]);
  });

  it('are moved and taken away one by one', () => {
    expect(withLook(all, 'queue', eleven)).toEqual({ ...all, queue: eleven });
    expect(withLook(withLook(all, 'queue', null), 'queue', null)).toEqual({ service: ten, 'follow-up': eleven });
  });
});
