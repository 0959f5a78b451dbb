import type { Cloud } from '@meilenstein/local';
import type { ReportProgress } from '../print/narrator.ts';

export type DrainableCloud = Pick<Cloud, 'movement' | 'quiet'> & { readonly queues: Pick<Cloud['queues'], 'names' | 'depth' | 'redrive'> };

const maxRedrives = 5;

/**
 * Waits until nothing is under way, and reports how many events and messages were delivered. Messages that a slow machine failed so often
 * that they are in a dead-letter queue are delivered again.
 * @throws if nothing moves any more, or if messages return to the dead-letter queue again and again
 */
export const waitUntilIdle = async (cloud: DrainableCloud, report: ReportProgress): Promise<void> => {
  const before = cloud.movement().moved;
  const quiet = (): Promise<void> =>
    cloud.quiet(undefined, ({ moved, left }) => {
      const done = moved - before;
      if (done + left > 0) report({ done, total: done + left, unit: 'deliveries' });
    });
  const withLetters = (): readonly string[] =>
    cloud.queues.names().filter((name) => name.endsWith('-dead') && cloud.queues.depth(name) > 0);
  await quiet();
  for (let redrives = 0; withLetters().length > 0; redrives += 1) {
    const held = withLetters().map((name) => `${name} (${cloud.queues.depth(name)})`);
    if (redrives === maxRedrives) throw new Error(`messages keep failing and are in ${held.join(', ')}`);
    for (const name of withLetters()) cloud.queues.redrive(name);
    await quiet();
  }
};
