import type { ReportedEnvelope } from '@meilenstein/contracts';
import { laterOf, type Instant, type RepId, type TeamId } from '@meilenstein/kernel';

export type Stage = 'mql' | 'sql';
export type Times = { readonly occurredAt: Instant; readonly recordedAt: Instant };

/** A lead that reached a stage for the first time, and whom it counts for (null: nobody owns it yet). */
type Reached = {
  readonly stage: Stage;
  readonly times: Times;
  readonly given: (Times & { readonly owner: { readonly repId: RepId; readonly teamId: TeamId } }) | null;
};

export const timesOf = ({ occurredAt, recordedAt }: Times): Times => ({ occurredAt, recordedAt });

export const ownerOf = ({ repId, teamId }: { readonly repId: RepId; readonly teamId: TeamId }) => ({ repId, teamId });

/** The stages of one lead. Who had it then counts it; where nobody had, whoever got it first, from then on. */
export const stagesOf = (events: readonly ReportedEnvelope[]): readonly Reached[] =>
  events.flatMap((event): readonly Reached[] => {
    if (event.name !== 'LeadQualified' || event.data.again) return [];
    const { stage, repId, teamId } = event.data;
    const times = timesOf(event);
    if (repId !== null && teamId !== null) return [{ stage, times, given: { ...times, owner: { repId, teamId } } }];
    const first = events.find((one) => one.name === 'LeadAssigned');
    if (first === undefined) return [{ stage, times, given: null }];
    const { repId: rep, teamId: team } = first.data;
    const recordedAt = laterOf(times.recordedAt, first.recordedAt);
    return [{ stage, times, given: { occurredAt: first.occurredAt, recordedAt, owner: { repId: rep, teamId: team } } }];
  });

/** Since when a lead is known to have reached a stage for the first time. */
export const knownAs = (events: readonly ReportedEnvelope[], stage: Stage): Times | null =>
  stagesOf(events).find((one) => one.stage === stage)?.times ?? null;
