import type { segmentsPublished } from '@meilenstein/contracts';
import type { Machinery } from '@meilenstein/runtime';
import * as z from 'zod';
import { segmentsKey } from '../../keys.ts';

type Published = z.infer<typeof segmentsPublished.data>;

const stored = z.looseObject({ version: z.int(), segmentIds: z.array(z.string()) });
const tries = 5;

/** Which segments leads published last. */
export const segmentCopy = ({ table }: Pick<Machinery, 'table'>) => ({
  /** may be called any number of times and in any order: the newest version stays */
  learn: async ({ version, segments }: Published): Promise<void> => {
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const found = stored.safeParse(await table.get(segmentsKey)).data;
      if (found !== undefined && found.version >= version) return;
      const when = found === undefined ? ('absent' as const) : { versionIs: found.version };
      const put = { ...segmentsKey, version, segmentIds: segments.map(({ segmentId }) => segmentId) };
      if ((await table.transact([{ put, when }])).done) return;
    }
    throw new Error(`segments ${version}: ${tries} tries conflicted with other changes`);
  },
  ids: async (): Promise<readonly string[]> => stored.safeParse(await table.get(segmentsKey)).data?.segmentIds ?? [],
});
