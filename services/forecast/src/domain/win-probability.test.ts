import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Flow } from './facts.ts';
import { pooledOf, winChances, winProbability } from './win-probability.ts';

const process = { processId: 'standard', version: 1, milestoneIds: ['need', 'offer', 'order'] };
const flow = (milestoneId: string | null, ended: Partial<Flow>): Flow => ({
  processId: 'standard',
  milestoneId,
  entries: 0,
  days: 0,
  won: 0,
  lost: 0,
  to: {},
  ...ended,
});

const chancesFrom = (flows: readonly Flow[], days: number) => winChances(process, flows, pooledOf(flows, [process]), days);

describe('the chance to be won in time', () => {
  it('is the share of exits of a day, day after day', () => {
    // 30 stays that lasted 30 days together: half of them end on any day; two of three exits are orders
    const flows = [flow('offer', { won: 20, lost: 10, days: 30 })];
    const chances = chancesFrom(flows, 2);
    expect(winProbability(chances, 'offer', 1)).toBeCloseTo(1 / 3, 12);
    expect(winProbability(chances, 'offer', 2)).toBeCloseTo(1 / 3 + 1 / 2 / 3, 12);
  });

  it('may pass several milestones on one day', () => {
    const flows = [flow('need', { to: { offer: 30 }, days: 30 }), flow('offer', { won: 30, days: 0 })];
    expect(winProbability(chancesFrom(flows, 1), 'need', 1)).toBeCloseTo(0.5, 12);
  });

  it('takes a step to the last milestone as the order', () => {
    const flows = [flow('offer', { to: { order: 30 }, days: 0 })];
    expect(winProbability(chancesFrom(flows, 1), 'offer', 1)).toBe(0.98);
  });

  it('stands on all milestones together where one has fewer than 30 ended stays', () => {
    const thin = [flow('offer', { won: 29, days: 29 }), flow('need', { lost: 100, days: 100 })];
    // pooled with the prior: 30 onward and 101 lost in 171 days
    expect(winProbability(chancesFrom(thin, 1), 'offer', 1)).toBeCloseTo(30 / (131 + 171), 12);
    const enough = [flow('offer', { won: 30, days: 30 }), flow('need', { lost: 100, days: 100 })];
    expect(winProbability(chancesFrom(enough, 1), 'offer', 1)).toBeCloseTo(0.5, 12);
  });

  it('knows only the weak prior before anything has ended', () => {
    expect(winProbability(chancesFrom([], 1), 'offer', 1)).toBeCloseTo(1 / 44, 12);
  });

  it('takes a process that nobody has published yet for one step', () => {
    const chances = winChances({ processId: 'new', version: 1, milestoneIds: [] }, [], pooledOf([], []), 1);
    expect(winProbability(chances, 'whatever', 1)).toBeCloseTo(1 / 44, 12);
  });

  it('lies between 0 and 1, and more time never lowers it', () => {
    const count = fc.nat({ max: 500 });
    const any = fc.record({ days: fc.nat({ max: 50_000 }), won: count, lost: count, need: count, offer: count, order: count });
    fc.assert(
      fc.property(any, any, any, (none, need, offer) => {
        const made = (id: string | null, { need: n, offer: o, order, ...rest }: typeof none) =>
          flow(id, { ...rest, to: { need: n, offer: o, order } });
        const flows = [made(null, none), made('need', need), made('offer', offer)];
        const chances = chancesFrom(flows, 40);
        for (const milestone of [null, 'need', 'offer', 'order']) {
          const line = Array.from({ length: 41 }, (_, days) => winProbability(chances, milestone, days));
          for (const [days, p] of line.entries()) {
            expect(p).toBeGreaterThanOrEqual(line[days - 1] ?? 0);
            expect(p).toBeLessThanOrEqual(1);
          }
        }
      }),
      { numRuns: 50 },
    );
  });
});
