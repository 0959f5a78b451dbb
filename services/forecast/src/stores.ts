import { companyCopy, type CompanyCopy, type Machinery } from '@meilenstein/runtime';
import { estimateStore, type EstimateStore } from './snapshots/store/estimate-store.ts';
import { pipelineFactsStore, type PipelineFactsStore } from './pipeline-view/store/pipeline-facts-store.ts';
import { judgementStore, type JudgementStore } from './judgements/store/judgement-store.ts';
import { dwellStore, leakStore, stallStore, type DwellStore, type LeakStore, type StallStore } from './leaks/store/leak-store.ts';
import { pipelineView, type PipelineView } from './pipeline-view/store/pipeline-view.ts';
import { replayStore, type ReplayStore } from './replays/store/replay-store.ts';
import { snapshotStore, type SnapshotStore } from './snapshots/store/snapshot-store.ts';
import { stageStore, type StageStore } from './snapshots/store/stage-store.ts';
import { targetStore, type TargetStore } from './targets/store/target-store.ts';
import { earlierForecastStore, type EarlierForecastStore } from './snapshots/store/earlier-forecast-store.ts';

export type ForecastStores = {
  readonly company: CompanyCopy;
  readonly view: PipelineView;
  readonly facts: PipelineFactsStore;
  readonly estimates: EstimateStore;
  readonly targets: TargetStore;
  readonly snapshots: SnapshotStore;
  readonly earlierForecasts: EarlierForecastStore;
  readonly judgements: JudgementStore;
  readonly stages: StageStore;
  readonly replays: ReplayStore;
  readonly leaks: LeakStore;
  readonly stalls: StallStore;
  readonly dwells: DwellStore;
};

/** All stores of the service over its table. */
export const forecastStores = (machinery: Machinery): ForecastStores => {
  const view = pipelineView(machinery);
  return {
    company: companyCopy(machinery),
    view,
    facts: pipelineFactsStore(machinery.table, view),
    estimates: estimateStore(machinery),
    targets: targetStore(machinery),
    snapshots: snapshotStore(machinery),
    earlierForecasts: earlierForecastStore(machinery),
    judgements: judgementStore(machinery),
    stages: stageStore(machinery),
    replays: replayStore(machinery),
    leaks: leakStore(machinery),
    stalls: stallStore(machinery),
    dwells: dwellStore(machinery),
  };
};
