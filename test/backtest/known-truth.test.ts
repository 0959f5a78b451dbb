import { wonExit, firstMove, lostExit } from '@meilenstein/forecasting/counts/flow-counts';
import { backtest } from '@meilenstein/forecasting/replay/backtest';
import { fitHazards } from '@meilenstein/forecasting/hazards/hazards';
import { describe, expect, it } from 'vitest';
import { inventedHistory, truth } from './known-truth.ts';
import { horizonOf, originsBetween } from './origins.ts';
import { runBacktest } from './run.ts';

const week = horizonOf('1w') ?? { count: 1, unit: 'w' };

/** The mean relative error of the fitted chances at the ages at which most happens, after this many days of history. */
const errorOfHazards = (days: number): number => {
  const events = inventedHistory({ seed: 7, days, arrivalsPerDay: 6 });
  const last = events.at(-1)?.day ?? 0;
  const origins = originsBetween(events[0]?.day ?? 0, last, 'week', [week]).slice(-1);
  const errors = [...backtest(events, origins)].flatMap(({ situation }) => {
    const [flow] = situation.processes;
    if (flow === undefined) return [];
    const { ofClass } = fitHazards(flow.counts, flow.prior, situation);
    const [need, offer] = ['need', 'offer'].map((id) => flow.counts.milestones.indexOf(id));
    const known = [
      { at: need, exit: firstMove + (offer ?? 0), chance: truth.need.offer },
      { at: need, exit: lostExit, chance: truth.need.lost },
      { at: offer, exit: wonExit, chance: truth.offer.won },
      { at: offer, exit: lostExit, chance: truth.offer.lost },
    ];
    return known.flatMap(({ at, exit, chance }) =>
      ofClass.flatMap((milestones) => {
        const ages = milestones[at ?? 0]?.[exit]?.slice(0, 6) ?? [];
        return Array.from(ages, (fitted) => Math.abs(fitted / chance - 1));
      }),
    );
  });
  return errors.reduce((sum, one) => sum + one, 0) / errors.length;
};

describe('the engine on histories with known hazards', () => {
  it('fits chances per day that converge to the truth as history grows', () => {
    const [short, long] = [errorOfHazards(120), errorOfHazards(1500)];
    expect(long).toBeLessThan(0.12);
    expect(long).toBeLessThan(short / 1.5);
  });

  it('has eight in ten windows between P10 and P90, and a lower error than every baseline', () => {
    const settings = { step: 'week', horizons: [week], levels: ['total', 'team', 'owner', 'segment'], from: null } as const;
    const runs = [1, 2, 3, 4].map((seed) =>
      runBacktest(inventedHistory({ seed, days: 1450, arrivalsPerDay: 5 }), settings, () => undefined),
    );
    const totals = runs.flatMap((groups) => groups.filter((group) => group.level === 'total'));
    const windows = totals.reduce((sum, group) => sum + group.n, 0);
    const covered = totals.reduce((sum, group) => sum + group.n * (group.scores.cov80 ?? 0), 0) / windows;
    expect(windows).toBeGreaterThanOrEqual(700);
    expect(covered).toBeGreaterThan(0.77);
    expect(covered).toBeLessThan(0.83);
    for (const group of runs.flat()) {
      const others = Object.values(group.baselines).filter((wape) => wape !== null);
      expect(others.length).toBeGreaterThan(0);
      expect(group.scores.wape).toBeLessThan(Math.min(...others));
    }
  }, 120_000);
});
