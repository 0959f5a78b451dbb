import {
  factReader,
  forecastGraded,
  forecastPublished,
  type ForecastFact,
  type ForecastHorizon,
  type ForecastNode,
  type ForecastWindow,
  type WindowKind,
} from '@meilenstein/contracts';
import { aggregateStore, queryAll, type AggregateStore, type Loaded, type Machinery } from '@meilenstein/runtime';
import * as z from 'zod';
import { evolveSnapshot, type ForecastGrade, type Snapshot } from '../domain/publish-snapshot.ts';
import { keys } from '../../keys.ts';

const schema = z.object({ published: forecastPublished.data, graded: forecastGraded.data.nullable() }).nullable();

const indexed = (snapshot: Snapshot): Readonly<Record<string, string>> => {
  if (snapshot === null) return {};
  const { published, graded } = snapshot;
  const { node, window, day } = published;
  const waiting = { gsi1pk: keys.snapshotsOf(window), gsi1sk: `${node.level}#${node.key}#${day}` };
  if (graded === null || graded.horizon === 'other') return waiting;
  return {
    ...waiting,
    gsi2pk: keys.gradedAt(node.level, window.kind, graded.horizon),
    gsi2sk: `${keys.gradedOf(node.key)}${window.from}`,
  };
};

export type SnapshotStore = AggregateStore<Snapshot, ForecastFact> & {
  /** every snapshot of a window, of all nodes and days */
  readonly ofWindow: (window: ForecastWindow) => Promise<readonly Loaded<Snapshot>[]>;
  /** graded forecasts of a horizon, oldest window first within a node; without a key those of all nodes of the level */
  readonly graded: (
    about: { readonly level: ForecastNode['level']; readonly key?: string | undefined; readonly kind: WindowKind },
    horizon: ForecastHorizon,
  ) => Promise<readonly ForecastGrade[]>;
};

/** Published forecasts, one aggregate each, with their grades. */
export const snapshotStore = (machinery: Machinery): SnapshotStore => {
  const store = aggregateStore<Snapshot, ForecastFact>(
    {
      prefix: 'SNAPSHOT',
      owner: 'forecast',
      schemaNumber: 1,
      schema,
      initial: null,
      fact: factReader([forecastPublished, forecastGraded]),
      evolve: evolveSnapshot,
      index: indexed,
    },
    machinery,
  );
  return {
    ...store,
    ofWindow: async (window) => (await queryAll(machinery.table, { index: 'gsi1', partition: keys.snapshotsOf(window) })).map(store.read),
    graded: async ({ level, key, kind }, horizon) => {
      const narrowed = key === undefined ? {} : { prefix: keys.gradedOf(key) };
      const items = await queryAll(machinery.table, { index: 'gsi2', partition: keys.gradedAt(level, kind, horizon), ...narrowed });
      return items.flatMap((item) => store.read(item).state?.graded ?? []);
    },
  };
};
