import { describe, expect, it } from 'vitest';
import { dayTicks, fanOf, spread, type FanDay, type FanInput } from './fan-figures.ts';

const snapshot = (day: string, booked: number, [p10, p50, p90]: readonly [number, number, number]): FanDay => ({
  day,
  booked,
  p10,
  p50,
  p90,
});

const november: FanInput = {
  from: '2026-11-01',
  until: '2026-12-01',
  today: '2026-11-11',
  snapshots: [
    snapshot('2026-11-05', 100, [300, 500, 800]),
    snapshot('2026-11-02', 0, [200, 450, 900]),
    snapshot('2026-11-06', 100, [320, 520, 790]),
  ],
  now: { booked: 250, p10: 400, p50: 550, p90: 760 },
  target: 1000,
  judgement: undefined,
};

describe('fanOf', () => {
  it('puts earlier days in order and ends them with what is true now', () => {
    const { band, median, today, days } = fanOf(november);
    expect([today, days]).toEqual([10, 30]);
    expect(band.map(({ x }) => x)).toEqual([1, 4, 5, 10]);
    expect(median.at(-1)).toEqual({ x: 10, y: 550 });
  });

  it('keeps booked level until the day on which it changes', () => {
    expect(fanOf(november).booked).toEqual([
      { x: 1, y: 0 },
      { x: 4, y: 0 },
      { x: 4, y: 100 },
      { x: 5, y: 100 },
      { x: 10, y: 100 },
      { x: 10, y: 250 },
    ]);
  });

  it('opens the cone from booked today to the quantiles of the last day', () => {
    expect(fanOf(november).cone).toEqual([
      { x: 10, low: 250, high: 250 },
      { x: 30, low: 400, high: 760 },
    ]);
  });

  it('has room for the target and for an own figure above the band', () => {
    expect(fanOf(november)).toMatchObject({ lowest: 0, highest: 1000 });
    expect(fanOf({ ...november, judgement: 1400 }).highest).toBe(1400);
  });

  it('has room below zero when more was cancelled than won', () => {
    expect(fanOf({ ...november, now: { booked: -80, p10: -20, p50: 100, p90: 300 } }).lowest).toBe(-80);
  });

  it('leaves out snapshots of other windows and of the present day', () => {
    const others = [snapshot('2026-10-31', 9, [9, 9, 9]), snapshot('2026-11-11', 9, [9, 9, 9])];
    expect(fanOf({ ...november, snapshots: others }).band).toEqual([{ x: 10, low: 400, high: 760 }]);
  });

  it('stands at the end of the window on the day after it', () => {
    expect(fanOf({ ...november, today: '2026-12-04' }).today).toBe(30);
  });
});

describe('dayTicks', () => {
  it('labels each day of a week, and fewer where there is less room', () => {
    expect(dayTicks(7, 8)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(dayTicks(30, 8)).toEqual([0, 7, 14, 21, 28]);
    expect(dayTicks(92, 8)).toEqual([0, 14, 28, 42, 56, 70, 84]);
  });
});

describe('spread', () => {
  it('leaves labels where they are while there is room', () => {
    expect(spread([10, 50, 90], 16, 0, 100)).toEqual([10, 50, 90]);
  });

  it('moves labels apart without changing their order', () => {
    expect(spread([52, 50, 51], 16, 0, 100)).toEqual([82, 50, 66]);
  });

  it('moves them up again where the frame ends', () => {
    expect(spread([95, 96], 16, 0, 100)).toEqual([84, 100]);
  });
});
