import type { ReportedEnvelope } from '@meilenstein/contracts';
import { laterOf, type Instant } from '@meilenstein/kernel';
import type { ReportFact } from './report-fact.ts';
import { firstReached, ownerOf, stagesOf, timesOf } from './lead-stages.ts';

type Of<Name extends ReportedEnvelope['name']> = Extract<ReportedEnvelope, { name: Name }>;
type Merging = Of<'LeadAbsorbed' | 'LeadRestored'>;

const isMerging = (event: ReportedEnvelope): event is Merging => event.name === 'LeadAbsorbed' || event.name === 'LeadRestored';
const signOf = ({ name }: Merging): 1 | -1 => (name === 'LeadAbsorbed' ? -1 : 1);

const mergeOf = (merging: Merging, assigned: Of<'LeadAssigned'> | undefined): ReportFact => ({
  kind: 'merge',
  ...timesOf(merging),
  owner: assigned !== undefined && assigned.recordedAt <= merging.recordedAt ? ownerOf(assigned.data) : null,
  by: signOf(merging),
});

/** Since when a lead is known to be the same person as another lead; null where it counts. */
export const absorbedAtOf = (events: readonly ReportedEnvelope[]): Instant | null => {
  const last = events
    .filter(isMerging)
    .toSorted((a, b) => a.sequence - b.sequence)
    .at(-1);
  return last?.name === 'LeadAbsorbed' ? last.recordedAt : null;
};

/** The later events of a lead. */
const laterEventsOf = (events: readonly ReportedEnvelope[]) => {
  const converted = events.find((event) => event.name === 'LeadConverted');
  const mergings = events.filter(isMerging).toSorted((a, b) => a.sequence - b.sequence);
  return {
    converted: converted === undefined ? null : timesOf(converted),
    merges: mergings.map((merging) => ({ recordedAt: merging.recordedAt, by: signOf(merging) })),
    mql: firstReached(events, 'mql'),
    sql: firstReached(events, 'sql'),
  };
};

const originOf = (events: readonly ReportedEnvelope[]) => {
  const captured = events.find((event) => event.name === 'LeadCaptured' || event.name === 'LeadCorrected');
  return captured === undefined ? { sourceId: null, market: null } : { sourceId: captured.data.sourceId, market: captured.data.country };
};

/** The facts of a lead: its capture, its first assignment and its merges. */
export const leadFacts = (events: readonly ReportedEnvelope[]): readonly ReportFact[] => {
  const captured = events.find((event) => event.name === 'LeadCaptured' || event.name === 'LeadCorrected');
  if (captured === undefined) return [];
  const assigned = events.find((event) => event.name === 'LeadAssigned');
  const mergings = events.filter(isMerging).toSorted((a, b) => a.sequence - b.sequence);
  const laterEvents = laterEventsOf(events);
  const assignmentFact = (to: Of<'LeadAssigned'>): ReportFact => ({
    kind: 'assigned-lead',
    occurredAt: to.occurredAt,
    recordedAt: laterOf(captured.recordedAt, to.recordedAt),
    owner: ownerOf(to.data),
    ...laterEvents,
  });
  return [
    { kind: 'lead', ...timesOf(captured), ...originOf(events), ...laterEvents },
    ...(assigned === undefined ? [] : [assignmentFact(assigned)]),
    ...mergings.map((merging) => mergeOf(merging, assigned)),
  ];
};

/** The stages of a lead, for the company and for its owner; each with the merges that subtract and restore it. */
export const stageFacts = (events: readonly ReportedEnvelope[]): readonly ReportFact[] => {
  const mergings = events.filter(isMerging).toSorted((a, b) => a.sequence - b.sequence);
  const laterEvents = laterEventsOf(events);
  const origin = originOf(events);
  return stagesOf(events).flatMap(({ stage, times, owned }): readonly ReportFact[] => {
    const shared = { stage, ...origin, ...laterEvents };
    const first = { by: 1 as const, isFirst: true };
    const corrections = (since: Instant) =>
      mergings.map((merging) => ({
        occurredAt: merging.occurredAt,
        recordedAt: laterOf(since, merging.recordedAt),
        by: signOf(merging),
        isFirst: false,
      }));
    const forCompany = [{ ...times, ...first }, ...corrections(times.recordedAt)];
    const forOwner =
      owned === null
        ? []
        : [{ ...owned, ...first }, ...corrections(owned.recordedAt).map((correction) => ({ ...correction, owner: owned.owner }))];
    return [
      ...forCompany.map((change) => ({ kind: 'stage' as const, ...change, ...shared })),
      ...forOwner.map((change) => ({ kind: 'assigned-stage' as const, ...change, ...shared })),
    ];
  });
};
