import { describe, expect, it } from 'vitest';
import { measuresBySource, scoreMeasures } from './score-measures.ts';

const graded = (...pairs: readonly (readonly [probability: number, won: boolean])[]) =>
  pairs.map(([probability, won]) => ({ probability, won }));

describe('the measures of a score', () => {
  it('count how often a won lead ranks above a lost one, a tie as half', () => {
    expect(scoreMeasures(graded([0.9, true], [0.2, false])).auc).toBe(1);
    expect(scoreMeasures(graded([0.2, true], [0.9, false])).auc).toBe(0);
    expect(scoreMeasures(graded([0.5, true], [0.5, false])).auc).toBe(0.5);
    expect(scoreMeasures(graded([0.9, true], [0.6, false], [0.6, true], [0.1, false])).auc).toBe(0.875);
  });

  it('take the mean log loss and compare it with always predicting the share won', () => {
    const measures = scoreMeasures(graded([0.8, true], [0.5, false]));
    expect(measures.logLoss).toBeCloseTo(-(Math.log(0.8) + Math.log(0.5)) / 2, 12);
    expect(measures.baseLogLoss).toBeCloseTo(Math.LN2, 12);
  });

  it('weight the gap between predicted and won by the number of leads in each band', () => {
    const measures = scoreMeasures(graded([0.25, true], [0.25, false], [0.25, false], [0.25, false], [0.95, false]));
    expect(measures.calibrationError).toBeCloseTo(0.95 / 5, 12);
  });

  it('are null if there is nothing to measure', () => {
    expect(scoreMeasures([])).toEqual({ leads: 0, won: 0, auc: null, logLoss: null, baseLogLoss: null, calibrationError: null });
    expect(scoreMeasures(graded([0.5, true])).auc).toBeNull();
  });

  it('are given for each source', () => {
    const leads = graded([0.9, true], [0.1, false], [0.3, true]).map((one, index) => ({ ...one, sourceId: index === 2 ? 'fair' : 'form' }));
    expect(Object.entries(measuresBySource(leads)).map(([id, { leads: count, auc }]) => [id, count, auc])).toEqual([
      ['fair', 1, null],
      ['form', 2, 1],
    ]);
  });
});
