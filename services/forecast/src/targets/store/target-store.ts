import { envelopeReader, targetsSet, type EnvelopeOf, type ForecastNode } from '@meilenstein/contracts';
import { projection, queryAll, type Contribution, type Machinery } from '@meilenstein/runtime';
import * as z from 'zod';
import { keys } from '../../keys.ts';

type TargetsEnvelope = EnvelopeOf<typeof targetsSet>;
export type Targets = TargetsEnvelope['data'];

const targetItem = z.looseObject({ target: targetsSet.data });

const contributions = (events: readonly TargetsEnvelope[]): readonly Contribution[] =>
  events.map(({ subject, sequence, data }) => ({
    put: { pk: keys.targetsOf(data.node.level, data.node.key), sk: `${subject}#${String(sequence).padStart(6, '0')}`, target: data },
  }));

export type TargetStore = {
  readonly fold: (events: readonly TargetsEnvelope[]) => Promise<void>;
  /** every version of a node's targets; segments and processes have none */
  readonly of: (node: ForecastNode) => Promise<readonly Targets[]>;
};

/** A copy of the targets that quota sets. */
export const targetStore = (machinery: Machinery): TargetStore => {
  const targets = projection<TargetsEnvelope>(
    { rowKey: ({ subject }) => keys.targets(subject), event: envelopeReader([targetsSet]), contributions },
    machinery,
  );
  return {
    fold: targets.fold,
    of: async ({ level, key }) =>
      (await queryAll(machinery.table, { partition: keys.targetsOf(level, key) })).map((item) => targetItem.parse(item).target),
  };
};
