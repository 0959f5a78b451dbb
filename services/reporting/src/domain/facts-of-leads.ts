import type { ReportedEnvelope } from '@meilenstein/contracts';
import { laterOf, type Instant } from '@meilenstein/kernel';
import type { Countable } from './facts.ts';
import { knownAs, ownerOf, stagesOf, timesOf } from './lead-stages.ts';

type Of<Name extends ReportedEnvelope['name']> = Extract<ReportedEnvelope, { name: Name }>;
type Merging = Of<'LeadAbsorbed' | 'LeadRestored'>;

const isMerging = (event: ReportedEnvelope): event is Merging => event.name === 'LeadAbsorbed' || event.name === 'LeadRestored';
const byOf = ({ name }: Merging): 1 | -1 => (name === 'LeadAbsorbed' ? -1 : 1);

const mergeOf = (merging: Merging, assigned: Of<'LeadAssigned'> | undefined): Countable => ({
  kind: 'merge',
  ...timesOf(merging),
  owner: assigned !== undefined && assigned.recordedAt <= merging.recordedAt ? ownerOf(assigned.data) : null,
  by: byOf(merging),
});

/** Since when a lead is known to be another one's person; null: it counts. */
export const absorbedAtOf = (events: readonly ReportedEnvelope[]): Instant | null => {
  const last = events
    .filter(isMerging)
    .toSorted((a, b) => a.sequence - b.sequence)
    .at(-1);
  return last?.name === 'LeadAbsorbed' ? last.recordedAt : null;
};

/** What became of a lead later. */
const journeyOf = (events: readonly ReportedEnvelope[]) => {
  const converted = events.find((event) => event.name === 'LeadConverted');
  const mergings = events.filter(isMerging).toSorted((a, b) => a.sequence - b.sequence);
  return {
    converted: converted === undefined ? null : timesOf(converted),
    merges: mergings.map((merging) => ({ recordedAt: merging.recordedAt, by: byOf(merging) })),
    mql: knownAs(events, 'mql'),
    sql: knownAs(events, 'sql'),
  };
};

const originOf = (events: readonly ReportedEnvelope[]) => {
  const captured = events.find((event) => event.name === 'LeadCaptured' || event.name === 'LeadCorrected');
  return captured === undefined ? { sourceId: null, market: null } : { sourceId: captured.data.sourceId, market: captured.data.country };
};

/** A lead, when it was first given to somebody, and when it turned out to be another one's person. */
export const leadOf = (events: readonly ReportedEnvelope[]): readonly Countable[] => {
  const captured = events.find((event) => event.name === 'LeadCaptured' || event.name === 'LeadCorrected');
  if (captured === undefined) return [];
  const assigned = events.find((event) => event.name === 'LeadAssigned');
  const mergings = events.filter(isMerging).toSorted((a, b) => a.sequence - b.sequence);
  const became = journeyOf(events);
  const given = (to: Of<'LeadAssigned'>): Countable => ({
    kind: 'given-lead',
    occurredAt: to.occurredAt,
    recordedAt: laterOf(captured.recordedAt, to.recordedAt),
    owner: ownerOf(to.data),
    ...became,
  });
  return [
    { kind: 'lead', ...timesOf(captured), ...originOf(events), ...became },
    ...(assigned === undefined ? [] : [given(assigned)]),
    ...mergings.map((merging) => mergeOf(merging, assigned)),
  ];
};

/** The stages of a lead, for the company and for whom it counts; each again with the merges that take it off and put it back. */
export const stagesReached = (events: readonly ReportedEnvelope[]): readonly Countable[] => {
  const mergings = events.filter(isMerging).toSorted((a, b) => a.sequence - b.sequence);
  const became = journeyOf(events);
  const origin = originOf(events);
  return stagesOf(events).flatMap(({ stage: reached, times: known, given }): readonly Countable[] => {
    const about = { stage: reached, ...origin, ...became };
    const first = { by: 1 as const, isFirst: true };
    const moved = (since: Instant) =>
      mergings.map((merging) => ({
        occurredAt: merging.occurredAt,
        recordedAt: laterOf(since, merging.recordedAt),
        by: byOf(merging),
        isFirst: false,
      }));
    return [
      ...[{ ...known, ...first }, ...moved(known.recordedAt)].map((one) => ({ kind: 'stage' as const, ...one, ...about })),
      ...(given === null ? [] : [{ ...given, ...first }, ...moved(given.recordedAt).map((one) => ({ ...one, owner: given.owner }))]).map(
        (one) => ({ kind: 'given-stage' as const, ...one, ...about }),
      ),
    ];
  });
};

/** An opportunity, with what became of it. */
export const opportunityOf = (events: readonly ReportedEnvelope[]): readonly Countable[] => {
  const opened = events.find((event) => event.name === 'OpportunityOpened');
  if (opened === undefined) return [];
  const [won, cancelled] = [
    events.find((event) => event.name === 'OpportunityWon'),
    events.find((event) => event.name === 'OrderCancelled'),
  ];
  const became = { won: won === undefined ? null : timesOf(won), cancelled: cancelled === undefined ? null : timesOf(cancelled) };
  return [{ kind: 'opportunity', ...timesOf(opened), owner: ownerOf(opened.data), sourceId: opened.data.sourceId, ...became }];
};
