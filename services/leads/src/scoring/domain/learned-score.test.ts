import { addMillis, toInstant } from '@meilenstein/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countFills, factsBefore, lateFields, type DatedFacts, type FillCounts } from './first-fill.ts';
import {
  minOutcomes,
  learn,
  learnedModel,
  learnedScore,
  emptyModel,
  readableWeights,
  replay,
  type Example,
  type LearnedModel,
} from './learned-score.ts';

/** The same numbers for the same seed, 0 to 1 (Numerical Recipes' generator). */
const numbers = (seed: number) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
};

/** Leads that come by reference are won in three of four cases, others in one of four; minutes help, colour says nothing. */
const leads = (count: number, seed = 1): readonly Example[] => {
  const next = numbers(seed);
  return Array.from({ length: count }, () => {
    const [source, minutes, colour] = [next() < 0.5 ? 'Reference' : 'Form', Math.floor(next() * 100), next() < 0.5 ? 'red' : 'blue'];
    const chance = (source === 'Reference' ? 0.6 : 0.1) + 0.003 * minutes;
    return { facts: { source, minutes: String(minutes), colour }, won: next() < chance };
  });
};
const scoreOf = (model: LearnedModel, facts: Record<string, string>) => {
  const score = learnedScore(model, facts);
  return score.status === 'scored' ? score : { probability: Number.NaN, contributions: [] };
};

describe('the learned score', () => {
  it('is null until 40 leads are won and 40 are lost', () => {
    const won = Array.from({ length: 60 }, (): Example => ({ facts: { source: 'Form' }, won: true }));
    const lost = won.slice(0, minOutcomes).map((one) => ({ ...one, won: false }));
    const nearly = learn(emptyModel, [...won, ...lost.slice(1)]);
    expect(learnedScore(nearly, { source: 'Form' })).toEqual({ status: 'not-enough-outcomes', won: 60, lost: 39, needed: 40 });
    expect(learnedScore(learn(nearly, lost.slice(0, 1)), { source: 'Form' }).status).toBe('scored');
  });

  it('learns what favours a lead and lists it, strongest first', () => {
    const model = learn(emptyModel, leads(2000));
    const strong = scoreOf(model, { source: 'Reference', minutes: '90', colour: 'red' });
    expect(strong.probability).toBeGreaterThan(0.75);
    expect(strong.contributions.map((one) => one.field)).toEqual(['source', 'minutes', 'colour']);
    expect(strong.contributions.slice(0, 2).every((one) => one.weight > 0.5)).toBe(true);
    expect(scoreOf(model, { source: 'Form', minutes: '5', colour: 'red' }).probability).toBeLessThan(0.25);
  });

  it('is the sum of the base rate and the contributions, recalibrated', () => {
    const model = learn(emptyModel, leads(500));
    const score = learnedScore({ ...model, calibration: emptyModel.calibration }, { source: 'Reference' });
    const logOdds = score.status === 'scored' ? score.contributions.reduce((sum, one) => sum + one.weight, score.start) : Number.NaN;
    expect(score).toMatchObject({ probability: 1 / (1 + Math.exp(-logOdds)) });
  });

  it('is the base rate, the contributions and the recalibration, whatever was learned', () => {
    const facts = fc.record({ source: fc.constantFrom('Reference', 'Form', 'Fair', ''), minutes: fc.nat({ max: 200 }).map(String) });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 200, max: 500 }), facts, (seed, count, asked) => {
        const score = learnedScore(learn(emptyModel, leads(count, seed)), asked);
        if (score.status !== 'scored') throw new Error('200 leads are enough');
        const logOdds = score.contributions.reduce((sum, one) => sum + one.weight, score.start) + score.recalibration;
        expect(1 / (1 + Math.exp(-logOdds))).toBeCloseTo(score.probability, 12);
      }),
      { numRuns: 40 },
    );
  });

  it('can be read as words with weights', () => {
    const names = readableWeights(learn(emptyModel, leads(800))).map((one) => one.name);
    expect(names.slice(0, 2).toSorted()).toEqual(['source is Form', 'source is Reference']);
    expect(names).toContain('minutes in tenth 10 of 10');
  });

  it('decides from earlier leads only whether a field is a number or a category', () => {
    const model = learn(emptyModel, [...leads(12), { facts: { minutes: 'many' }, won: false }]);
    expect(readableWeights(model).some((one) => one.name.startsWith('minutes in'))).toBe(false);
    expect(readableWeights(learn(model, leads(40))).some((one) => one.name.startsWith('minutes in'))).toBe(true);
  });

  it('is the same after it was stored and loaded', () => {
    const [first, second] = [leads(150), leads(150, 2)];
    const stored = learnedModel.parse(JSON.parse(JSON.stringify(learn(emptyModel, first))));
    expect(learn(stored, second)).toEqual(learn(emptyModel, [...first, ...second]));
  });

  it('stays bounded whatever people type', () => {
    const typed = Array.from({ length: 3000 }, (_, index): Example => ({
      facts: { note: `text ${index}`, amount: String(index) },
      won: index % 2 === 0,
    }));
    const model = learn(emptyModel, typed);
    expect(Object.keys(model.weights).length).toBeLessThan(60);
    expect(Object.values(model.columns).every((one) => Object.keys(one.frequent).length <= 256 && one.numbers.length < 1024)).toBe(true);
  });

  it('of any facts is a probability, and equal facts have equal scores', () => {
    const model = learn(emptyModel, leads(300));
    fc.assert(
      fc.property(fc.dictionary(fc.oneof(fc.constantFrom('source', 'minutes', 'constructor'), fc.string()), fc.string()), (facts) => {
        const score = scoreOf(model, facts);
        expect(score.probability).toBeGreaterThanOrEqual(0.001);
        expect(score.probability).toBeLessThanOrEqual(0.999);
        expect(scoreOf(model, { ...facts })).toEqual(score);
      }),
    );
  });
});

describe('a replay of the learned score', () => {
  it('predicts each lead from earlier ones only', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 1000 }), (length, seed) => {
        const groups = leads(300, seed).map((one) => [one]);
        expect(replay(groups.slice(0, length))).toEqual(replay(groups).slice(0, length));
      }),
      { numRuns: 30 },
    );
  });

  it('predicts what a model trained on the earlier leads predicts', () => {
    const [before, next] = [leads(200), leads(1, 9)];
    const last = replay([before, next]).at(-1);
    expect(last?.probability).toBe(scoreOf(learn(emptyModel, before), { ...next[0]?.facts }).probability);
  });

  it('learns from a group only after all of it is predicted', () => {
    const [before, [one]] = [leads(300), leads(1, 5)];
    const group = one === undefined ? [] : [one, { ...one, won: !one.won }, one];
    expect(
      new Set(
        replay([before, group])
          .slice(300)
          .map((each) => each.probability),
      ).size,
    ).toBe(1);
  });
});

describe('a field first filled when the outcome is known', () => {
  const end = toInstant('2026-03-10T09:00:00Z');
  const early = addMillis(end, -86_400_000);
  const lead = (verdictAt: typeof end): DatedFacts => ({
    source: { value: 'Form', firstFilledAt: early },
    verdict: { value: 'good', firstFilledAt: verdictAt },
  });
  const counted = (times: readonly (typeof end)[]): FillCounts =>
    times.reduce<FillCounts>((counts, at) => countFills(counts, lead(at), end), {});

  it('is excluded once chance cannot explain it', () => {
    expect(lateFields(counted(Array.from({ length: 20 }, (_, index) => (index === 0 ? end : early))))).toEqual([]);
    const counts = counted(Array.from({ length: 20 }, (_, index) => (index < 2 ? end : early)));
    expect(lateFields(counts)).toEqual(['verdict']);
    expect(factsBefore(lead(early), end, lateFields(counts))).toEqual({ source: 'Form' });
  });

  it('is included before that', () => {
    expect(factsBefore(lead(end), end, [])).toEqual({ source: 'Form' });
    expect(factsBefore(lead(early), end, [])).toEqual({ source: 'Form', verdict: 'good' });
  });
});
