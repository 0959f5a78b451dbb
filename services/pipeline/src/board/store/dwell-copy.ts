import { dwellMeasured, type EnvelopeOf } from '@meilenstein/contracts';
import type { ProcessId } from '@meilenstein/kernel';
import { queryAll, type Machinery } from '@meilenstein/runtime';
import * as z from 'zod';
import { dwellKey, dwellPartition } from '../../keys.ts';

export type MeasuredDwell = z.infer<typeof dwellMeasured.data>;
type DwellEnvelope = EnvelopeOf<typeof dwellMeasured>;

const stored = z.looseObject({ version: z.int(), measured: dwellMeasured.data });
const tries = 5;

/** How long customers of each process take, as forecast measured it last: one item for each process. */
export const dwellCopy = ({ table }: Pick<Machinery, 'table'>) => ({
  /** may be called any number of times and in any order: the newest measurement stays */
  learn: async ({ sequence, data }: DwellEnvelope): Promise<void> => {
    const key = dwellKey(data.processId);
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const found = stored.safeParse(await table.get(key)).data;
      if (found !== undefined && found.version >= sequence) return;
      const when = found === undefined ? ('absent' as const) : { versionIs: found.version };
      if ((await table.transact([{ put: { ...key, version: sequence, measured: data }, when }])).done) return;
    }
    throw new Error(`dwell of ${data.processId}: ${tries} tries conflicted with other changes`);
  },
  of: async (id: ProcessId): Promise<MeasuredDwell | undefined> => stored.safeParse(await table.get(dwellKey(id))).data?.measured,
  all: async (): Promise<ReadonlyMap<ProcessId, MeasuredDwell>> =>
    new Map(
      (await queryAll(table, { partition: dwellPartition })).map((item) => stored.parse(item).measured).map((one) => [one.processId, one]),
    ),
});
