import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueLine, progressBar, progressText, type PrintedProgress } from './progress.ts';

const rows = (done: number, total = 1000) => ({ done, total, unit: 'rows' });

describe('the progress of a step', () => {
  it('names what is done, the rate and the time left', () => {
    expect(progressText(rows(250), 10_000)).toBe('25 %, 250 of 1000 rows, 25 a second, 30 s left');
    expect(progressText(rows(4), 2000)).toBe('0 %, 4 of 1000 rows, 2.0 a second, 8 min left');
  });

  it('counts only what this start did, where an earlier one had begun', () => {
    expect(progressText(rows(500), 10_000, 400)).toBe('50 %, 500 of 1000 rows, 10 a second, 50 s left');
  });

  it('shows no time left before anything is done or after all is done', () => {
    expect(progressText(rows(0), 0)).toBe('0 %, 0 of 1000 rows');
    expect(progressText(rows(1000), 10_000)).toBe('100 %, 1000 of 1000 rows, 100 a second');
    expect(progressText(rows(0, 0), 10)).toBe('100 %, 0 of 0 rows');
  });

  it('fills its bar from left to right', () => {
    expect(progressBar(rows(0))).toBe('░'.repeat(24));
    expect(progressBar(rows(500))).toBe(`${'█'.repeat(12)}${'░'.repeat(12)}`);
    expect(progressBar(rows(2000))).toBe('█'.repeat(24));
  });

  it('prints at most ten lines without a terminal, however often it is updated', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { maxLength: 500 }), (counts) => {
        let told: PrintedProgress = { percent: 0, atMillis: 0 };
        const lines = counts
          .toSorted((a, b) => a - b)
          .filter((done, n) => {
            const due = dueLine(rows(done), told.atMillis + 2000 + (n % 2), told);
            told = due ?? told;
            return due !== undefined;
          });
        expect(lines.length).toBeLessThanOrEqual(10);
      }),
    );
  });

  it('prints no line without a terminal if the step ends within two seconds', () => {
    expect(dueLine(rows(1000), 1999, { percent: 0, atMillis: 0 })).toBeUndefined();
  });

  it('is printed every ten seconds if the step is slow, but only if something has changed', () => {
    expect(dueLine(rows(20), 9999, { percent: 1, atMillis: 0 })).toBeUndefined();
    expect(dueLine(rows(20), 10_000, { percent: 1, atMillis: 0 })).toEqual({ percent: 2, atMillis: 10_000 });
    expect(dueLine(rows(10), 99_000, { percent: 1, atMillis: 0 })).toBeUndefined();
  });
});
