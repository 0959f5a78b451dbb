import { companyCopy, type CompanyCopy, type Machinery } from '@meilenstein/runtime';
import { estimateStore, type EstimateStore } from './snapshots/store/estimate-store.ts';
import { evidenceStore, type EvidenceStore } from './pipeline-view/store/evidence-store.ts';
import { judgementStore, type JudgementStore } from './judgements/store/judgement-store.ts';
import { leakStore, stallStore, type LeakStore, type StallStore } from './leaks/store/leak-store.ts';
import { pipelineView, type PipelineView } from './pipeline-view/store/pipeline-view.ts';
import { replayStore, type ReplayStore } from './replays/store/replay-store.ts';
import { snapshotStore, type SnapshotStore } from './snapshots/store/snapshot-store.ts';
import { stageStore, type StageStore } from './snapshots/store/stage-store.ts';
import { targetStore, type TargetStore } from './targets/store/target-store.ts';
import { trackStore, type TrackStore } from './snapshots/store/track-store.ts';

export type ForecastStores = {
  readonly company: CompanyCopy;
  readonly view: PipelineView;
  readonly evidence: EvidenceStore;
  readonly estimates: EstimateStore;
  readonly targets: TargetStore;
  readonly snapshots: SnapshotStore;
  readonly tracks: TrackStore;
  readonly judgements: JudgementStore;
  readonly stages: StageStore;
  readonly replays: ReplayStore;
  readonly leaks: LeakStore;
  readonly stalls: StallStore;
};

/** All stores of the service over its table. */
export const forecastStores = (machinery: Machinery): ForecastStores => {
  const view = pipelineView(machinery);
  return {
    company: companyCopy(machinery),
    view,
    evidence: evidenceStore(machinery.table, view),
    estimates: estimateStore(machinery),
    targets: targetStore(machinery),
    snapshots: snapshotStore(machinery),
    tracks: trackStore(machinery.table),
    judgements: judgementStore(machinery),
    stages: stageStore(machinery),
    replays: replayStore(machinery),
    leaks: leakStore(machinery),
    stalls: stallStore(machinery),
  };
};
