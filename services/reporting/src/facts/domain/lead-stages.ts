import type { ReportedEnvelope } from '@meilenstein/contracts';
import { laterOf, type Instant, type RepId, type TeamId } from '@meilenstein/kernel';

export type Stage = 'mql' | 'sql';
export type Times = { readonly occurredAt: Instant; readonly recordedAt: Instant };

/** A lead that reached a stage for the first time, and the owner for whom it counts (null while it has none). */
type StageReached = {
  readonly stage: Stage;
  readonly times: Times;
  readonly owned: (Times & { readonly owner: { readonly repId: RepId; readonly teamId: TeamId } }) | null;
};

export const timesOf = ({ occurredAt, recordedAt }: Times): Times => ({ occurredAt, recordedAt });

export const ownerOf = ({ repId, teamId }: { readonly repId: RepId; readonly teamId: TeamId }) => ({ repId, teamId });

/** The stages of one lead. Each counts for the owner at that time, or else for the first owner from the assignment on. */
export const stagesOf = (events: readonly ReportedEnvelope[]): readonly StageReached[] =>
  events.flatMap((event): readonly StageReached[] => {
    if (event.name !== 'LeadQualified' || event.data.again) return [];
    const { stage, repId, teamId } = event.data;
    const times = timesOf(event);
    if (repId !== null && teamId !== null) return [{ stage, times, owned: { ...times, owner: { repId, teamId } } }];
    const first = events.find((one) => one.name === 'LeadAssigned');
    if (first === undefined) return [{ stage, times, owned: null }];
    const { repId: rep, teamId: team } = first.data;
    const recordedAt = laterOf(times.recordedAt, first.recordedAt);
    return [{ stage, times, owned: { occurredAt: first.occurredAt, recordedAt, owner: { repId: rep, teamId: team } } }];
  });

/** When a lead reached a stage for the first time; null where it has not. */
export const firstReached = (events: readonly ReportedEnvelope[], stage: Stage): Times | null =>
  stagesOf(events).find((one) => one.stage === stage)?.times ?? null;
