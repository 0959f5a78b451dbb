import { describe, expect, it } from 'vitest';
import { waitUntilIdle, type DrainableCloud } from './wait-until-idle.ts';

/** A cloud whose redriven messages return to the dead-letter queue until it was quiet so many times. */
const cloudThatFails = (times: number) => {
  let quiets = 0;
  let letters = 0;
  const cloud: DrainableCloud = {
    movement: () => ({ moved: quiets, left: 0, isRunning: false }),
    quiet: async (_, onLook) => {
      letters = quiets < times ? 3 : 0;
      quiets += 1;
      onLook?.({ moved: quiets, left: letters, isRunning: false });
    },
    queues: {
      names: () => ['orders', 'orders-dead'],
      depth: (name) => (name === 'orders-dead' ? letters : 7),
      redrive: () => letters,
    },
  };
  return { cloud, quiets: () => quiets };
};

describe('waitUntilIdle', () => {
  it('ends when the cloud is quiet', async () => {
    const { cloud, quiets } = cloudThatFails(0);
    const told: unknown[] = [];
    await waitUntilIdle(cloud, (progress) => told.push(progress));
    expect([quiets(), told]).toEqual([1, [{ done: 1, total: 1, unit: 'deliveries' }]]);
  });

  it('redrives messages of a dead-letter queue', async () => {
    const { cloud, quiets } = cloudThatFails(3);
    await waitUntilIdle(cloud, () => {});
    expect(quiets()).toBe(4);
  });

  it('names the queue whose messages keep failing', async () => {
    await expect(waitUntilIdle(cloudThatFails(99).cloud, () => {})).rejects.toThrow('messages keep failing and are in orders-dead (3)');
  });
});
