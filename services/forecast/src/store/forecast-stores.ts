import { companyCopy, type CompanyCopy, type Machinery } from '@meilenstein/runtime';
import { factStore, type FactStore } from './fact-store.ts';
import { pipelineView, type PipelineView } from './pipeline-view.ts';
import { snapshotStore, type SnapshotStore } from './snapshot-store.ts';

export type ForecastStores = {
  readonly company: CompanyCopy;
  readonly view: PipelineView;
  readonly facts: FactStore;
  readonly snapshots: SnapshotStore;
};

/** All shelves of the service over its table. */
export const forecastStores = (machinery: Machinery): ForecastStores => {
  const view = pipelineView(machinery);
  return { company: companyCopy(machinery), view, facts: factStore(machinery.table, view), snapshots: snapshotStore(machinery) };
};
