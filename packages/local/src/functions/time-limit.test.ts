import { describe, expect, test } from 'vitest';
import { manualTime } from '../testing/manual-time.ts';
import { type Reached, watchLimit } from './time-limit.ts';

const watch = (limitMillis: number, usedMillis: (now: number) => Promise<number>) => {
  const time = manualTime();
  const reached: (Reached & { at: number })[] = [];
  const end = watchLimit(
    { limitMillis, usedMillis: () => usedMillis(time.now()), onReached: (limit) => reached.push({ ...limit, at: time.now() }) },
    time,
  );
  return { time, reached, end };
};

describe('a time limit', () => {
  test('is reached when the work has used that much processor time', async () => {
    const { time, reached } = watch(1000, async (now) => now);
    await time.pass(999);
    expect(reached).toEqual([]);
    await time.pass(60_000);
    expect(reached).toEqual([{ by: 'processor', at: 1000, text: '1.00 seconds of processor time' }]);
  });

  test('lets work that gets a tenth of a processor take ten times as long by the clock', async () => {
    const { time, reached } = watch(1000, async (now) => now / 10);
    await time.pass(9_900);
    expect(reached).toEqual([]);
    await time.pass(200);
    expect(reached).toMatchObject([{ by: 'processor' }]);
  });

  test.each([
    ['waits for ever', async () => 0],
    ['cannot be asked', () => new Promise<number>(() => undefined)],
    ['has gone', () => Promise.reject(new Error('gone'))],
  ])('ends work that %s after twenty times as much by the clock', async (_, usedMillis) => {
    const { time, reached } = watch(1000, usedMillis);
    await time.pass(19_999);
    expect(reached).toEqual([]);
    await time.pass(1);
    expect(reached).toEqual([
      {
        by: 'clock',
        at: 20_000,
        text: '20.00 seconds by the clock (20 times its limit of 1.00 seconds of processor time)',
      },
    ]);
  });

  test('is not reached after the work has ended', async () => {
    const { time, reached, end } = watch(1000, async (now) => now);
    await time.pass(500);
    end();
    await time.pass(60_000);
    expect(reached).toEqual([]);
  });
});
