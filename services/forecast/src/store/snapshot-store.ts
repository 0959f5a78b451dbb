import { factReader, forecastEvents, forecastPublished, type ForecastFact } from '@meilenstein/contracts';
import { aggregateStore, type AggregateStore, type Machinery } from '@meilenstein/runtime';
import { evolveSnapshot, type Snapshot } from '../domain/publish-snapshot.ts';

export type SnapshotStore = AggregateStore<Snapshot, ForecastFact>;

/** Forecasts as they were made, one aggregate each. */
export const snapshotStore = (machinery: Machinery): SnapshotStore =>
  aggregateStore<Snapshot, ForecastFact>(
    {
      prefix: 'SNAPSHOT',
      owner: 'forecast',
      schemaNumber: 1,
      schema: forecastPublished.data.nullable(),
      initial: null,
      fact: factReader(forecastEvents),
      evolve: evolveSnapshot,
    },
    machinery,
  );
