import fc from 'fast-check';
import { addDays, day, type Day } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import { dwellClass, type MonthlyCohort } from './cohort.ts';
import type { Act } from '../../pipeline-view/domain/timeline.ts';
import { findLeaks, type FlowReport } from './find-leaks.ts';

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
const seeded = (seed: number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
};

const process = { processId: 'standard', version: 1, milestoneIds: ['need', 'offer', 'order'] };
const segments = ['small', 'large'];
const teams = ['north', 'south'];

const monthAt = (n: number): string => `${2024 + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`;
const startOf = (n: number): Day => day.parse(`${monthAt(n)}-01`);

type Made = {
  readonly random: () => number;
  readonly months: number;
  readonly entries: number;
  readonly conversion: (month: number, segment: string, milestoneId: string | null) => number;
  readonly act?: (month: number) => Act;
};

/** Invented cohorts: each customer goes on with the given chance after some days, at every milestone of the process. */
const history = ({ random, months, entries, conversion, act = () => 'said' }: Made): readonly MonthlyCohort[] =>
  Array.from({ length: months }, (_, n) =>
    [null, 'need', 'offer'].flatMap((milestoneId) =>
      segments.flatMap((segment) =>
        teams.map((teamId): MonthlyCohort => {
          const onward = new Map<number, number>();
          const byAct = { did: 0, said: 0, wrote: 0 };
          for (let i = 0; i < entries / 4; i += 1) {
            if (random() >= conversion(n, segment, milestoneId)) continue;
            const dwell = dwellClass(Math.floor(-Math.log(1 - random()) * 8));
            onward.set(dwell, (onward.get(dwell) ?? 0) + 1);
            byAct[act(n)] += 1;
          }
          return { processId: 'standard', milestoneId, segment, teamId, month: monthAt(n), entries: entries / 4, onward, byAct };
        }),
      ),
    ),
  ).flat();

/** The report at the end of a month, from the months before it. */
const seenAfter = (cohorts: readonly MonthlyCohort[], months: number): readonly FlowReport[] =>
  findLeaks(
    { processes: [process], cohorts: cohorts.filter((cohort) => cohort.month < monthAt(months)), meanOrder: 100_000 },
    addDays(startOf(months), 45),
  );

const leaksAfter = (cohorts: readonly MonthlyCohort[], months: number) => seenAfter(cohorts, months).filter((flow) => flow.leak);

describe('a leak', () => {
  it('is falsely reported, in 24 months, to fewer than 10 of 200 companies without a leak', () => {
    const companies = Array.from({ length: 200 }, (_, company) => {
      const cohorts = history({ random: seeded(1000 + company), months: 30, entries: 120, conversion: () => 0.6 });
      return Array.from({ length: 24 }, (_look, n) => leaksAfter(cohorts, 7 + n).length).reduce((a, b) => a + b, 0);
    });
    expect(companies.filter((alarms) => alarms > 0).length).toBeLessThan(10);
  });

  it('of 30 % in cohorts of 100 is found within three cohorts', () => {
    const found = Array.from({ length: 40 }, (_, company) => {
      const conversion = (n: number, _segment: string, milestoneId: string | null) => (n >= 12 && milestoneId === 'need' ? 0.7 : 1) * 0.6;
      const cohorts = history({ random: seeded(2000 + company), months: 15, entries: 100, conversion });
      return [13, 14, 15].findIndex((months) => leaksAfter(cohorts, months).some((flow) => flow.milestoneId === 'need'));
    });
    expect(found.filter((cohorts) => cohorts >= 0).length).toBeGreaterThanOrEqual(38);
  });

  it('is found in the segment that has it', () => {
    const conversion = (n: number, segment: string) => (n >= 12 && segment === 'large' ? 0.6 : 1) * 0.6;
    const cohorts = history({ random: seeded(3), months: 15, entries: 400, conversion });
    const leaks = leaksAfter(cohorts, 15).filter((flow) => flow.dimension === 'segment');
    expect(new Set(leaks.map((flow) => flow.key))).toEqual(new Set(['large']));
  });

  it('comes with its cost and the missing kind of evidence', () => {
    const conversion = (n: number, _segment: string, milestoneId: string | null) => (n >= 12 && milestoneId === 'need' ? 0.3 : 0.6);
    const act = (n: number): Act => (n >= 12 ? 'said' : 'wrote');
    const cohorts = history({ random: seeded(4), months: 15, entries: 400, conversion, act });
    const [leak] = leaksAfter(cohorts, 15).filter((flow) => flow.dimension === 'process');
    expect(leak).toMatchObject({ milestoneId: 'need', nextMilestoneId: 'offer', missingEvidence: 'wrote' });
    const { observed, reference, value } = leak ?? {};
    if (observed === undefined || observed === null || reference === undefined || reference === null) throw new Error('no leak was found');
    const lost = (reference.reached / reference.entries - observed.reached / observed.entries) * observed.entries;
    // about six in ten of those who reach the offer order
    expect((value ?? 0) / (lost * 100_000)).toBeGreaterThan(0.45);
    expect((value ?? 0) / (lost * 100_000)).toBeLessThan(0.65);
  });

  it('is not sought in young cohorts, which are reported as immature', () => {
    const cohorts = history({ random: seeded(5), months: 14, entries: 400, conversion: (n) => (n === 13 ? 0 : 0.6) });
    const today = startOf(14);
    const flows = findLeaks({ processes: [process], cohorts, meanOrder: null }, today).filter((flow) => flow.dimension === 'process');
    expect(flows.every((flow) => !flow.leak)).toBe(true);
    expect(flows.every((flow) => flow.immature.some((one) => one.until === today && one.reached === 0))).toBe(true);
    expect(flows.every((flow) => (flow.observed?.until ?? today) < today)).toBe(true);
  });

  it('is not claimed below 30 entries or with fewer than four earlier cohorts', () => {
    const few = history({ random: seeded(6), months: 15, entries: 8, conversion: (n) => (n >= 12 ? 0 : 1) });
    expect(seenAfter(few, 15).every((flow) => flow.pValue === null && !flow.leak)).toBe(true);
    const young = history({ random: seeded(7), months: 4, entries: 400, conversion: (n) => (n >= 3 ? 0 : 1) });
    expect(seenAfter(young, 4).every((flow) => flow.pValue === null && !flow.leak)).toBe(true);
  });

  it('does not depend on the order of the cohorts', () => {
    const cohorts = history({ random: seeded(8), months: 10, entries: 80, conversion: (n) => (n >= 8 ? 0.2 : 0.6) });
    const whole = seenAfter(cohorts, 10);
    fc.assert(
      fc.property(fc.shuffledSubarray([...cohorts], { minLength: cohorts.length }), (shuffled) => {
        const strip = (flows: readonly FlowReport[]) =>
          flows.map(({ observed, reference, immature, ...flow }) => ({
            ...flow,
            n: [observed?.reached, reference?.reached, immature.length],
          }));
        expect(strip(seenAfter(shuffled, 10))).toEqual(strip(whole));
      }),
      { numRuns: 20 },
    );
  });
});
