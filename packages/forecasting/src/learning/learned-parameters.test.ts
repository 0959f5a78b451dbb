import { describe, expect, it } from 'vitest';
import { balanceOf, excessOf, recalibrationOf, trustIn, widthOf, type TrainingExample } from './learned-parameters.ts';
import { total } from '../input/nodes.ts';

const today = 20_000;

/** A month that ended `ago` months ago: the figures of the flow and the run-rate, and the actual. */
const example = (ago: number, figures: { readonly flow: number; readonly runRate: number }, actual: number): TrainingExample => {
  const until = today - 30 * (ago - 1);
  return {
    window: { kind: 'month', from: until - 30, until },
    origin: until - 30,
    node: total,
    actual,
    record: { mean: figures.flow, p10: figures.flow * 0.9, p90: figures.flow * 1.1, experts: figures, variance: 0, wins: 500 },
  };
};

const months = (count: number, ratio: number): readonly TrainingExample[] =>
  Array.from({ length: count }, (_, n) => example(count - n, { flow: 100, runRate: 50 }, 100 * ratio));

describe('the parameters learnt from ended windows', () => {
  it('are neutral without training data', () => {
    expect(recalibrationOf([], total, today)).toBe(1);
    expect(balanceOf([], total, today)).toBe(1);
    expect(widthOf([], 'total')).toBe(1.5);
  });

  it('raise a flow that was always too low, more with every window, but never completely', () => {
    const [one, six] = [1, 6].map((count) => recalibrationOf(months(count, 1.3), total, today));
    expect(one).toBeGreaterThan(1.05);
    expect(six).toBeGreaterThan(one ?? 9);
    expect(six).toBeLessThan(1.3);
  });

  it('trust the expert that was right', () => {
    expect(trustIn('flow', months(4, 1), total, today)).toBeGreaterThan(10 * trustIn('runRate', months(4, 1), total, today));
  });

  it('ignore forecasts that were made without experience', () => {
    const blind = months(6, 3).map((one) => ({ ...one, record: { ...one.record, wins: 0 } }));
    expect(trustIn('flow', blind, total, today)).toBe(trustIn('flow', [], total, today));
    expect(recalibrationOf(blind, total, today)).toBe(1);
  });

  it('widen intervals that are missed and narrow those that are always hit', () => {
    expect(widthOf(months(8, 1.5), 'total')).toBeGreaterThan(1.5);
    expect(widthOf(months(8, 1), 'total')).toBeLessThan(0.9);
    expect(excessOf(months(8, 1.5), 'total', today)).toBeGreaterThan(excessOf(months(8, 1), 'total', today));
  });
});
