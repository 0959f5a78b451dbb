import { setTimeout } from 'node:timers/promises';
import type { Cloud } from '@meilenstein/local';

/** The indexes lag for so many milliseconds, and then follow for so many. */
const [lagMillis, followMillis] = [400, 200];

/** Lets the indexes fall behind the tables again and again while something is done. */
export const whileIndexesLag = async <Out>(cloud: Cloud, work: () => Promise<Out>): Promise<Out> => {
  let isOver = false;
  const lag = async (): Promise<void> => {
    while (!isOver) {
      await cloud.troubleTables({ indexesLag: true });
      await setTimeout(lagMillis);
      await cloud.troubleTables({ indexesLag: false });
      await setTimeout(followMillis);
    }
  };
  const lagging = lag();
  try {
    return await work();
  } finally {
    isOver = true;
    await lagging;
  }
};
