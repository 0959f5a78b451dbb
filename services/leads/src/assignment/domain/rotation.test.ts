import { addMillis, leadId, repId, toInstant, type Instant, type RepId } from '@meilenstein/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countAssignment, returnTurn, nextRep, noRotation, withPresent, type Contender, type Rotation } from './rotation.ts';

const start = toInstant('2026-03-02T09:00:00Z');
const rep = (id: string): RepId => repId.parse(id);
const team = (size: number, weight = 1): readonly Contender[] =>
  Array.from({ length: size }, (_, index) => ({ repId: rep(`rep-${index}`), weight }));
const of = (...ids: readonly string[]): readonly Contender[] => ids.map((id) => ({ repId: rep(id), weight: 1 }));
const countsOf = ({ entries }: Rotation): Readonly<Record<string, number>> =>
  Object.fromEntries(entries.map((one) => [one.repId, one.count]));
const spread = (rotation: Rotation): number => {
  const counts = rotation.entries.filter((one) => one.isPresent).map((one) => one.count);
  return counts.length === 0 ? 0 : Math.max(...counts) - Math.min(...counts);
};

type Given = { readonly rotation: Rotation; readonly got: readonly RepId[] };
/** Gives one lead after the other to whoever is in turn. */
const give = (
  before: Rotation,
  contenders: readonly Contender[],
  leads: readonly string[],
  at: (index: number) => Instant = () => start,
): Given =>
  leads.reduce<Given>(
    ({ rotation, got }, lead, index) => {
      const there = withPresent(rotation, contenders);
      const next = nextRep(there, leadId.parse(lead));
      return next === undefined ? { rotation: there, got } : { rotation: countAssignment(there, next, at(index)), got: [...got, next] };
    },
    { rotation: before, got: [] },
  );
const names = (count: number, prefix = 'lead'): readonly string[] => Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
const leads = fc.array(fc.uuid(), { maxLength: 60 });

describe('the rotation', () => {
  it('chooses the rep with the fewest leads, then the longest wait, and nobody if no rep is present', () => {
    const first = countAssignment(withPresent(noRotation, of('ann', 'bob', 'cem')), rep('ann'), start);
    const second = countAssignment(first, rep('bob'), addMillis(start, 1));
    expect(nextRep(second, leadId.parse('l'))).toBe('cem');
    const third = countAssignment(second, rep('cem'), addMillis(start, 2));
    expect(nextRep(third, leadId.parse('l'))).toBe('ann');
    expect(nextRep(withPresent(third, []), leadId.parse('l'))).toBeUndefined();
  });

  it('breaks ties by a hash of lead and rep, always in the same way', () => {
    const there = withPresent(noRotation, team(3));
    const chosen = names(60).map((name) => nextRep(there, leadId.parse(name)));
    expect(new Set(chosen).size).toBe(3);
    expect(names(60).map((name) => nextRep(withPresent(noRotation, team(3).toReversed()), leadId.parse(name)))).toEqual(chosen);
  });

  it('leaves no rep more than one lead ahead of another, after any batches', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.array(leads, { maxLength: 6 }), (size, batches) => {
        let rotation = noRotation;
        for (const batch of batches) {
          rotation = give(rotation, team(size), batch).rotation;
          expect(spread(rotation)).toBeLessThanOrEqual(1);
        }
        expect(rotation.entries.reduce((sum, one) => sum + one.count, 0)).toBe(batches.flat().length);
      }),
    );
  });

  it('keeps everybody within one lead of the share by weight, at any time', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 0, max: 120 }),
        (weights, count) => {
          const contenders = weights.map((weight, index) => ({ repId: rep(`rep-${index}`), weight }));
          const total = weights.reduce((sum, weight) => sum + weight, 0);
          const { rotation } = give(noRotation, contenders, names(count));
          for (const one of rotation.entries) expect(Math.abs(one.count - (count * one.weight) / total)).toBeLessThan(1);
        },
      ),
    );
  });

  it('is fair in whatever order leads of the same millisecond arrive', () => {
    fc.assert(
      fc.property(
        fc
          .uniqueArray(fc.uuid(), { minLength: 1, maxLength: 30 })
          .chain((ids) => fc.tuple(fc.constant(ids), fc.shuffledSubarray(ids, { minLength: ids.length }))),
        ([ids, shuffled]) => {
          const [one, other] = [give(noRotation, team(4), ids), give(noRotation, team(4), shuffled)];
          expect(Math.max(spread(one.rotation), spread(other.rotation))).toBeLessThanOrEqual(1);
          expect(Object.values(countsOf(one.rotation)).toSorted()).toEqual(Object.values(countsOf(other.rotation)).toSorted());
        },
      ),
    );
  });

  it('starts a rep who enters or returns at the level of those present', () => {
    const before = give(noRotation, of('ann', 'bob'), names(10)).rotation;
    const without = give(before, of('bob'), names(6, 'more')).rotation;
    expect(countsOf(withPresent(without, of('ann', 'bob', 'cem')))).toEqual({ ann: 11, bob: 11, cem: 11 });
  });

  it('remembers what a rep had received before an absence', () => {
    const favoured = names(9).reduce((rotation) => countAssignment(rotation, rep('ann'), start), withPresent(noRotation, of('ann', 'bob')));
    expect(countsOf(withPresent(withPresent(favoured, of('bob')), of('ann', 'bob')))).toEqual({ ann: 9, bob: 0 });
  });

  it('floods no rep after a night in which everybody was away', () => {
    const year = give(noRotation, of('ann', 'bob'), names(100)).rotation;
    const holiday = give(year, of('bob', 'cem'), names(100, 'summer')).rotation;
    const morning = withPresent(withPresent(holiday, []), of('ann', 'bob', 'cem', 'new'));
    expect(spread(morning)).toBeLessThanOrEqual(1);
  });

  it('never gives a rep extra leads for an absence', () => {
    const crew = ['always', 'ann', 'bob', 'cem'];
    const stretch = fc.record({ there: fc.subarray(crew.slice(1)), leads: fc.integer({ min: 0, max: 25 }) });
    fc.assert(
      fc.property(fc.array(stretch, { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 40 }), (stretches, last) => {
        let [rotation, number] = [noRotation, 0];
        const tick = (): Instant => addMillis(start, (number += 1));
        for (const { there, leads: count } of stretches)
          rotation = give(rotation, of('always', ...there), names(count, `s${number}`), tick).rotation;
        const { got } = give(rotation, of(...crew), names(last, 'last'), tick);
        const received = (id: string): number => got.filter((one) => one === id).length;
        for (const id of crew) expect(received(id)).toBeLessThanOrEqual(received('always') + 1);
      }),
    );
  });

  it('counts assignments by hand, and returns the turn of a lead that was not real', () => {
    const before = withPresent(noRotation, of('ann', 'bob'));
    expect(nextRep(countAssignment(before, rep('ann'), start), leadId.parse('l'))).toBe('bob');
    const credited = returnTurn(countAssignment(before, rep('bob'), start), rep('bob'));
    expect(countsOf(credited)).toEqual({ ann: 0, bob: 0 });
    expect(countsOf(returnTurn(credited, rep('bob')))).toEqual({ ann: 0, bob: 0 });
    expect(countAssignment(before, rep('boss'), start)).toEqual(before);
  });
});
