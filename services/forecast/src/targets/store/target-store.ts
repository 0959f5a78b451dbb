import { envelopeReader, targetsSet, type EnvelopeOf, type ForecastNode } from '@meilenstein/contracts';
import { queryAll, receivedEvents, type Item, type Machinery, type ReceivedEvents } from '@meilenstein/runtime';
import * as z from 'zod';
import { keys } from '../../keys.ts';

type TargetsEnvelope = EnvelopeOf<typeof targetsSet>;
export type Targets = TargetsEnvelope['data'];

const targetItem = z.looseObject({ target: targetsSet.data });

/** Each version of a node's targets is an item of its own: which one is in force depends on the day that is asked for. */
const versionOf = ({ subject, sequence, data }: TargetsEnvelope): Item => ({
  pk: keys.targetsOf(data.node.level, data.node.key),
  sk: `${subject}#${String(sequence).padStart(6, '0')}`,
  target: data,
});

export type TargetStore = Pick<ReceivedEvents<TargetsEnvelope>, 'withdraw'> & {
  readonly fold: (events: readonly TargetsEnvelope[]) => Promise<void>;
  /** every version of a node's targets; segments and processes have none */
  readonly of: (node: ForecastNode) => Promise<readonly Targets[]>;
};

/** A copy of the targets that quota sets. */
export const targetStore = (machinery: Machinery): TargetStore => {
  const targets = receivedEvents<TargetsEnvelope>(
    { names: ['TargetsSet'], rowKey: ({ subject }) => keys.targets(subject), event: envelopeReader([targetsSet]), itemOf: versionOf },
    machinery,
  );
  return {
    fold: targets.fold,
    withdraw: targets.withdraw,
    of: async ({ level, key }) =>
      (await queryAll(machinery.table, { partition: keys.targetsOf(level, key) })).map((item) => targetItem.parse(item).target),
  };
};
