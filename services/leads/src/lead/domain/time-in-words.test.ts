import { toInstant } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import { dayInWords, timeInWords } from './time-in-words.ts';

const english = (zone: string) => ({ language: 'en', zone }) as const;
const german = (zone: string) => ({ language: 'de', zone }) as const;

describe('a time in words', () => {
  it('is the local time of the reader, before and after the change to summer time', () => {
    expect(timeInWords(toInstant('2026-03-29T00:59:00Z'), english('Europe/Berlin'))).toBe('29 March 2026, 01:59 (Europe/Berlin)');
    expect(timeInWords(toInstant('2026-03-29T01:00:00Z'), english('Europe/Berlin'))).toBe('29 March 2026, 03:00 (Europe/Berlin)');
    expect(timeInWords(toInstant('2026-03-02T09:00:30Z'), english('Asia/Kolkata'))).toBe('2 March 2026, 14:30 (Asia/Kolkata)');
  });

  it('has the local day of the reader', () => {
    const midnight = toInstant('2026-12-31T23:30:00Z');
    expect([dayInWords(midnight, english('UTC')), dayInWords(midnight, english('Europe/Berlin'))]).toEqual([
      '31 December 2026',
      '1 January 2027',
    ]);
  });

  it('is written as people in Germany write it', () => {
    const at = toInstant('2026-03-29T01:00:00Z');
    expect([dayInWords(at, german('Europe/Berlin')), timeInWords(at, german('Europe/Berlin'))]).toEqual([
      '29. März 2026',
      '29. März 2026, 03:00 Uhr (Europe/Berlin)',
    ]);
  });
});
