import { envelopeReader, repEstimateImported, type RepEstimateEnvelope } from '@meilenstein/contracts';
import { day } from '@meilenstein/kernel';
import { projection, queryAll, type Contribution, type Machinery, type Projection } from '@meilenstein/runtime';
import * as z from 'zod';
import type { RepEstimates } from '../domain/rep-estimates.ts';
import { keys, shards } from '../../keys.ts';

const at = z.string().brand<'Instant'>();
const estimatesItem = z.looseObject({ sk: z.string(), estimates: z.string() });
const shortEstimates = z.array(z.tuple([at, z.number(), day.nullable()]));

const contributions = (events: readonly RepEstimateEnvelope[]): readonly Contribution[] => {
  const [first] = events;
  if (first === undefined) return [];
  const inTime = events.toSorted((a, b) =>
    a.recordedAt === b.recordedAt ? a.sequence - b.sequence : a.recordedAt < b.recordedAt ? -1 : 1,
  );
  const text = JSON.stringify(inTime.map(({ recordedAt, data }) => [recordedAt, data.percent, data.closesOn]));
  return [{ put: { ...keys.estimates(first.data.opportunityId), estimates: text } }];
};

export type EstimateStore = Pick<Projection<RepEstimateEnvelope>, 'withdraw'> & {
  readonly fold: (events: readonly RepEstimateEnvelope[]) => Promise<void>;
  /** the estimates of every opportunity, by its id */
  readonly all: () => Promise<RepEstimates>;
};

/** Rep estimates of a former system, apart from the pipeline view: only a baseline reads them. */
export const estimateStore = (machinery: Machinery): EstimateStore => {
  const estimates = projection<RepEstimateEnvelope>(
    { rowKey: ({ subject }) => keys.estimateRow(subject), event: envelopeReader([repEstimateImported]), contributions },
    machinery,
  );
  return {
    fold: estimates.fold,
    withdraw: estimates.withdraw,
    all: async () => {
      const pages = await Promise.all(shards.map((shard) => queryAll(machinery.table, { partition: keys.estimatesIn(shard) })));
      return new Map(
        pages.flat().map((item) => {
          const { sk, estimates: text } = estimatesItem.parse(item);
          return [sk, shortEstimates.parse(JSON.parse(text)).map(([since, percent, closesOn]) => ({ since, percent, closesOn }))];
        }),
      );
    },
  };
};
