import fc from 'fast-check';
import { currency, day } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import { gradesOf } from './grades.ts';
import { noBaselines, type ForecastGrade } from '../../snapshots/domain/publish-snapshot.ts';

const euro = currency.parse('EUR');
const graded = (n: number, figures: Partial<ForecastGrade>): ForecastGrade => ({
  day: day.parse('2026-01-01'),
  node: { level: 'company', key: 'company' },
  window: { kind: 'month', label: `window ${n}`, from: day.parse('2026-01-01'), until: day.parse('2026-02-01') },
  horizon: 'start',
  currency: euro,
  actual: 1000,
  mean: 1000,
  p10: 800,
  p50: 990,
  p90: 1200,
  enoughFacts: true,
  baselines: noBaselines,
  judgement: null,
  spread: 100,
  ...figures,
});
const windows = (count: number, figures: (n: number) => Partial<ForecastGrade>) =>
  Array.from({ length: count }, (_, n) => graded(n, figures(n)));

describe('the grades of forecasts', () => {
  it('make no claim before eight windows have ended', () => {
    expect(gradesOf(windows(7, () => ({}))).claim).toBe(false);
    expect(gradesOf(windows(8, () => ({}))).claim).toBe(true);
    // eight forecasts of one window count as one window
    expect(gradesOf(Array.from({ length: 8 }, () => graded(1, {}))).claim).toBe(false);
  });

  it('are WAPE, bias and coverage with their numerators and denominators', () => {
    const grades = gradesOf([graded(1, { actual: 900 }), graded(2, { actual: 1300 })]);
    expect(grades.wape).toEqual({ numerator: 400, denominator: 2200, ratio: 400 / 2200 });
    expect(grades.bias).toEqual({ numerator: -200, denominator: 2200, ratio: -200 / 2200 });
    expect(grades.coverage).toEqual({ numerator: 1, denominator: 2, ratio: 0.5 });
    expect(grades.toFloor).toBeCloseTo(400 / (Math.sqrt(2 / Math.PI) * 200), 10);
  });

  it('are null, not 0, when nothing was won', () => {
    expect(gradesOf([graded(1, { actual: 0, spread: 0 })])).toMatchObject({ wape: null, bias: null, quantileScore: null, toFloor: null });
    expect(gradesOf([])).toMatchObject({ windows: 0, claim: false, wape: null, coverage: null, biased: false });
  });

  it('flag a forecast that is too high in every window, but not one that is as often too low', () => {
    expect(gradesOf(windows(10, (n) => ({ mean: 1100 + (n % 3) * 10 }))).biased).toBe(true);
    expect(gradesOf(windows(10, (n) => ({ mean: 1000 + (n % 2 === 0 ? 300 : -300) }))).biased).toBe(false);
    expect(gradesOf(windows(10, () => ({ mean: 1030 }))).biased).toBe(false);
    expect(gradesOf(windows(7, () => ({ mean: 2000 }))).biased).toBe(false);
  });

  it('compare each baseline, and the judgements, over the windows for which they have a figure', () => {
    const grades = gradesOf([
      graded(1, { mean: 1100, baselines: { ...noBaselines, runRate: 1500 }, judgement: 1050 }),
      graded(2, { mean: 900, baselines: { ...noBaselines, runRate: null } }),
    ]);
    expect(grades.baselines).toEqual([
      { baseline: 'run-rate', windows: 1, wape: { numerator: 500, denominator: 1000, ratio: 0.5 } },
      { baseline: 'stage-weighted', windows: 0, wape: null },
      { baseline: 'rep-estimates', windows: 0, wape: null },
    ]);
    expect(grades.judgement).toMatchObject({ windows: 1, wape: { numerator: 50 }, computedWape: { numerator: 100 } });
  });

  it('depend neither on the order of the windows nor on judgements', () => {
    const some = fc.array(fc.record({ actual: fc.nat(5000), mean: fc.nat(5000), n: fc.nat(12), judgement: fc.option(fc.nat(5000)) }), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(some, (list) => {
        const all = list.map(({ n, ...figures }) => graded(n, figures));
        const { judgement: _, ...computed } = gradesOf(all);
        const { judgement: _none, ...silent } = gradesOf(all.map((one) => ({ ...one, judgement: null })));
        expect(silent).toEqual(computed);
        expect(gradesOf(all.toReversed()).wape).toEqual(computed.wape);
      }),
    );
  });
});
