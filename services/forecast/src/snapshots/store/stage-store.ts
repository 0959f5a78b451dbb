import { day } from '@meilenstein/kernel';
import { factReader, stageProbabilities, stageProbabilitiesSet, type StageProbabilitiesFact } from '@meilenstein/contracts';
import { aggregateStore, queryAll, type AggregateStore, type Machinery } from '@meilenstein/runtime';
import * as z from 'zod';
import { evolveStageProbabilities, type StageProbabilities } from '../domain/stage-probabilities.ts';
import { keys } from '../../keys.ts';

const versions = z.array(z.object({ since: day, probabilities: stageProbabilities })).optional();

export type StageStore = AggregateStore<StageProbabilities, StageProbabilitiesFact> & {
  /** the probabilities of every process that has any */
  readonly all: () => Promise<readonly NonNullable<StageProbabilities>[]>;
};

/** Fixed probabilities of processes; only a baseline reads them. */
export const stageStore = (machinery: Machinery): StageStore => {
  const store = aggregateStore<StageProbabilities, StageProbabilitiesFact>(
    {
      prefix: 'STAGES',
      owner: 'forecast',
      schemaNumber: 1,
      schema: stageProbabilitiesSet.data.extend({ versions }).nullable(),
      initial: null,
      fact: factReader([stageProbabilitiesSet]),
      audited: (state) => state?.probabilities,
      evolve: evolveStageProbabilities,
      index: (_, id) => ({ gsi1pk: keys.stages, gsi1sk: id }),
    },
    machinery,
  );
  return {
    ...store,
    all: async () =>
      (await queryAll(machinery.table, { index: 'gsi1', partition: keys.stages })).flatMap((item) => store.read(item).state ?? []),
  };
};
