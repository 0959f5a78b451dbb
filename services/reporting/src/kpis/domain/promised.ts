import type { ReportedEnvelope } from '@meilenstein/contracts';
import { earlierOf, type Instant, type RepId, type SourceId, type TeamId } from '@meilenstein/kernel';

type Times = { readonly occurredAt: Instant; readonly recordedAt: Instant };
type Owner = { readonly repId: RepId | null; readonly teamId: TeamId | null };

const timesOf = ({ occurredAt, recordedAt }: Times): Times => ({ occurredAt, recordedAt });

/** The events of each promise, in order: who was given up and counts again is promised anew. */
const byPromise = (events: readonly ReportedEnvelope[]): readonly (readonly ReportedEnvelope[])[] =>
  events
    .toSorted((a, b) => a.sequence - b.sequence)
    .reduce<readonly (readonly ReportedEnvelope[])[]>(
      (promises, event) =>
        event.name === 'LeadRequalified' ? [...promises, []] : [...promises.slice(0, -1), [...(promises.at(-1) ?? []), event]],
      [[]],
    );

/**
 * The deadline as the events moved it, and since when it has been known; undefined where nothing is due. Waiting for the customer moves
 * it once the customer has come back.
 */
const deadlineOf = (events: readonly ReportedEnvelope[]): Times | undefined => {
  let due: Times | undefined;
  for (const event of events) {
    const isPromised = event.name === 'LeadAnswered' && event.data.levelId !== null;
    const moves = event.name === 'LeadServiceLevelStarted' || event.name === 'LeadReplied';
    if (!moves && !(event.name === 'LeadAnswered' && isPromised)) continue;
    const { dueAt } = event.data;
    if (dueAt === null) due = undefined;
    else if (due?.occurredAt !== dueAt) due = { occurredAt: dueAt, recordedAt: event.recordedAt };
  }
  return due;
};

const isStart = (event: ReportedEnvelope) => event.name === 'LeadServiceLevelStarted';

/** Absorbing can be undone: then the last of both counts. */
const endOf = (events: readonly ReportedEnvelope[]): Times | null => {
  const restored = events.findLastIndex((event) => event.name === 'LeadRestored');
  const ended = events.find(
    (event, index) =>
      event.name === 'LeadConverted' ||
      event.name === 'LeadDisqualified' ||
      event.name === 'LeadErased' ||
      (event.name === 'LeadAbsorbed' && index > restored),
  );
  return ended === undefined ? null : timesOf(ended);
};

const nobody: Owner = { repId: null, teamId: null };

/** Who had the lead at a time, from whoever the promise was made for on; whoever got it at that very instant had no time to answer. */
const ownerAt = (events: readonly ReportedEnvelope[], at: Instant): Owner =>
  events
    .slice(events.findIndex(isStart))
    .filter((event) => event.occurredAt < at)
    .reduce<Owner>((owner, event) => {
      if (event.name === 'LeadServiceLevelStarted' || event.name === 'LeadAssigned')
        return { repId: event.data.repId, teamId: event.data.teamId };
      return event.name === 'LeadUnassigned' || event.name === 'LeadGivenBack' ? nobody : owner;
    }, nobody);

type Due = Times & { readonly owner: Owner; readonly answers: Times[]; readonly ended: Times | null };

const dueOfPromise = (events: readonly ReportedEnvelope[]): readonly Due[] => {
  const due = deadlineOf(events);
  if (due === undefined || !events.some(isStart)) return [];
  const answers = events.filter((event) => event.name === 'LeadAnswered').map(timesOf);
  return [{ ...due, owner: ownerAt(events, due.occurredAt), answers, ended: endOf(events) }];
};

/** What sales promised to the lead that these events are of, each time: due at a time from whoever had it then, answered, or owed no more. */
export const dueOf = (events: readonly ReportedEnvelope[]): readonly Due[] => byPromise(events).flatMap(dueOfPromise);

export type Answer = Times & {
  readonly owner: Owner;
  readonly sourceId: SourceId;
  readonly market: string | null;
  readonly waitedMillis: number;
  /** since when the lead is known to have an answer at all */
  readonly firstKnownAt: Instant;
  readonly supersededAt: Instant | null;
};

const answersOfPromise = (events: readonly ReportedEnvelope[]): readonly Answer[] => {
  const start = events.find(isStart);
  const answers = events.filter((event) => event.name === 'LeadAnswered');
  const knownAt = answers.filter((event) => event.data.waitedMillis !== null).map((event) => event.recordedAt);
  return answers.flatMap((event, index) => {
    const { sourceId, repId, teamId, waitedMillis } = event.data;
    if (waitedMillis === null) return [];
    const earlier = answers.slice(index + 1).find((other) => other.occurredAt < event.occurredAt);
    const market = start?.name === 'LeadServiceLevelStarted' ? start.data.market : null;
    const firstKnownAt = knownAt.reduce(earlierOf, event.recordedAt);
    const about = { owner: { repId, teamId }, sourceId, market, waitedMillis, firstKnownAt };
    return [{ ...timesOf(event), ...about, supersededAt: earlier?.recordedAt ?? null }];
  });
};

/** The answers that a lead got under a promise. Of several the earliest counts, from when it was known, in the period of the first known. */
export const answersOf = (events: readonly ReportedEnvelope[]): readonly Answer[] => byPromise(events).flatMap(answersOfPromise);
