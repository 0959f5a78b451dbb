import { decided, epochMillis, type Day, type Decision, type Instant } from '@meilenstein/kernel';
import { historyReplayed, replayRequested, type Happened, type ReplayFact } from '@meilenstein/contracts';

/** Replays of the history: the newest requested run and the newest finished one. Null: none was ever requested. */
export type HistoryReplay = {
  readonly run: number;
  readonly requestedAt: Instant;
  /** `firstDay`: the day of the first fact that the run read */
  readonly finished: { readonly run: number; readonly at: Instant; readonly firstDay: Day | null } | null;
} | null;

export const evolveHistoryReplay = (before: HistoryReplay, fact: Happened<ReplayFact>): HistoryReplay => {
  switch (fact.name) {
    case 'ReplayRequested':
      return { run: fact.data.run, requestedAt: fact.recordedAt, finished: before?.finished ?? null };
    case 'HistoryReplayed':
      return before === null ? null : { ...before, finished: { run: fact.data.run, at: fact.recordedAt, firstDay: fact.data.firstDay } };
  }
};

/** A run that has not finished after this time has failed. */
const patience = 3_600_000;

const isFinished = (replay: NonNullable<HistoryReplay>): boolean => replay.finished?.run === replay.run;

/** Requests a run. A request during a pending run joins that run. */
export const requestReplay = (before: HistoryReplay, now: Instant): Decision<ReplayFact, never> =>
  before !== null && !isFinished(before) && epochMillis(now) - epochMillis(before.requestedAt) < patience
    ? decided()
    : decided(replayRequested.of({ run: (before?.run ?? 0) + 1 }));

/** Whether there is history that no finished run has read. An import brings older facts, so the first day tells. */
export const hasUnseenHistory = (replay: HistoryReplay, firstDay: Day | undefined): boolean => {
  if (firstDay === undefined) return false;
  const seen = replay?.finished?.firstDay ?? null;
  return seen === null || firstDay < seen;
};

/** Whether a run is still to be done. A message may arrive twice, and a newer run replaces an older one. */
export const isPending = (replay: HistoryReplay, run: number): boolean => replay !== null && replay.run === run && !isFinished(replay);

/** Finishes a run once. */
export const finishReplay = (
  before: HistoryReplay,
  made: Extract<ReplayFact, { name: 'HistoryReplayed' }>['data'],
): Decision<ReplayFact, never> => (isPending(before, made.run) ? decided(historyReplayed.of(made)) : decided());
