import { describe, expect, it } from 'vitest';
import { type Busy, untilQuiet } from './quiet.ts';

/** Work that a script changes with the passing of an invented time; each pause lasts `slowness` times as long as asked for. */
const world = (
  at: (millis: number) => Partial<{ work: readonly string[]; moved: number; isRunning: boolean; isDrained: boolean }>,
  slowness = 1,
) => {
  let millis = 0;
  const current = () => ({ work: [], moved: 0, isRunning: false, isDrained: true, ...at(millis) });
  const busy: Busy = {
    work: () => current().work,
    isDrained: async () => current().isDrained,
    movement: () => ({ moved: current().moved, left: current().work.length, isRunning: current().isRunning }),
  };
  const pause = async (asked: number): Promise<void> => {
    millis += asked * slowness;
  };
  return { busy, now: () => millis, pause };
};

const run = async ({ busy, now, pause }: ReturnType<typeof world>, stillMillis?: number): Promise<string> => {
  try {
    await untilQuiet(busy, { now, pause, ...(stillMillis === undefined ? {} : { stillMillis }) });
    return `quiet at ${Math.round(now() / 1000)} s`;
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)} (at ${Math.round(now() / 1000)} s)`;
  }
};

describe('untilQuiet', () => {
  it('returns immediately if there is nothing to do', async () => {
    expect(await run(world(() => ({})))).toBe('quiet at 0 s');
  });

  it('keeps waiting for an hour if something moves every 50 seconds', async () => {
    const slow = world((millis) => (millis < 3_600_000 ? { work: ['orders'], moved: Math.floor(millis / 50_000) } : {}));
    expect(await run(slow)).toBe('quiet at 3600 s');
  });

  it('ends after a minute without movement, and names what stands still', async () => {
    const stuck = world((millis) => ({ work: ['orders holds 3 messages'], moved: Math.min(5, Math.floor(millis / 1000)) }));
    expect(await run(stuck)).toBe('nothing has moved for 60 s: orders holds 3 messages (at 65 s)');
  });

  it('ends earlier if it is given less time', async () => {
    expect(
      await run(
        world(() => ({ work: ['orders'] })),
        200,
      ),
    ).toBe('nothing has moved for 0.2 s: orders (at 0 s)');
  });

  it('gives a running function ten times as long, because it has a time limit of its own', async () => {
    expect(await run(world((millis) => (millis < 500_000 ? { work: ['report runs'], isRunning: true } : {})))).toBe('quiet at 500 s');
    expect(await run(world(() => ({ work: ['report runs'], isRunning: true })))).toMatch(
      /^nothing has moved for 60 s: report runs \(at 60\d s\)$/,
    );
  });

  it('does not mistake a machine that was paused for work that is stuck', async () => {
    const crowded = world((millis) => (millis < 3_000_000 ? { work: ['orders'] } : {}), 1000);
    expect(await run(crowded)).toBe('quiet at 3050 s');
  });

  it('checks twice, because what a stream brings may be new work', async () => {
    let looks = 0;
    const busy: Busy = {
      work: () => [],
      isDrained: async () => (looks += 1) !== 2,
      movement: () => ({ moved: 0, left: 0, isRunning: false }),
    };
    await untilQuiet(busy, { now: () => 0, pause: async () => {} });
    expect(looks).toBe(4);
  });

  it('says that streams bring records if nothing else has work', async () => {
    expect(
      await run(
        world(() => ({ isDrained: false })),
        1000,
      ),
    ).toContain('streams still bring records');
  });
});
