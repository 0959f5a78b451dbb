import type { ReportedEnvelope, ResponseTimes } from '@meilenstein/contracts';
import { earlierOf, type Instant, type RepId, type SourceId, type TeamId } from '@meilenstein/kernel';

type Times = { readonly occurredAt: Instant; readonly recordedAt: Instant };
type Owner = { readonly repId: RepId | null; readonly teamId: TeamId | null };

const timesOf = ({ occurredAt, recordedAt }: Times): Times => ({ occurredAt, recordedAt });

/** The events of each service level in order: a requalified lead starts a new one. */
const splitAtRequalification = (events: readonly ReportedEnvelope[]): readonly (readonly ReportedEnvelope[])[] =>
  events
    .toSorted((a, b) => a.sequence - b.sequence)
    .reduce<readonly (readonly ReportedEnvelope[])[]>(
      (parts, event) => (event.name === 'LeadRequalified' ? [...parts, []] : [...parts.slice(0, -1), [...(parts.at(-1) ?? []), event]]),
      [[]],
    );

/**
 * The response deadline after all events that moved it, and since when it is known; undefined where there is none. A pause for the customer
 * moves the deadline once the customer has replied.
 */
const deadlineOf = (events: readonly ReportedEnvelope[]): Times | undefined => {
  let due: Times | undefined;
  for (const event of events) {
    const hasServiceLevel = event.name === 'LeadAnswered' && event.data.levelId !== null;
    const moves = event.name === 'LeadServiceLevelStarted' || event.name === 'LeadReplied';
    if (!moves && !(event.name === 'LeadAnswered' && hasServiceLevel)) continue;
    const { dueAt } = event.data;
    if (dueAt === null) due = undefined;
    else if (due?.occurredAt !== dueAt) due = { occurredAt: dueAt, recordedAt: event.recordedAt };
  }
  return due;
};

const isStart = (event: ReportedEnvelope) => event.name === 'LeadServiceLevelStarted';

/** The event that ends a deadline without an answer. A merge that was undone does not count. */
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

const noOwner: Owner = { repId: null, teamId: null };

/** The owner of a lead at a time since the service level started. A rep who got the lead at that very instant does not count. */
const ownerAt = (events: readonly ReportedEnvelope[], at: Instant): Owner =>
  events
    .slice(events.findIndex(isStart))
    .filter((event) => event.occurredAt < at)
    .reduce<Owner>((owner, event) => {
      if (event.name === 'LeadServiceLevelStarted' || event.name === 'LeadAssigned')
        return { repId: event.data.repId, teamId: event.data.teamId };
      return event.name === 'LeadUnassigned' || event.name === 'LeadGivenBack' ? noOwner : owner;
    }, noOwner);

type ResponseDeadline = Times & { readonly owner: Owner; readonly answers: Times[]; readonly ended: Times | null };

const deadlinesOfPart = (events: readonly ReportedEnvelope[]): readonly ResponseDeadline[] => {
  const due = deadlineOf(events);
  if (due === undefined || !events.some(isStart)) return [];
  const answers = events.filter((event) => event.name === 'LeadAnswered').map(timesOf);
  return [{ ...due, owner: ownerAt(events, due.occurredAt), answers, ended: endOf(events) }];
};

/** The response deadlines of a lead, one for each service level: the owner at the deadline, the answers, and the end without an answer. */
export const deadlinesOf = (events: readonly ReportedEnvelope[]): readonly ResponseDeadline[] =>
  splitAtRequalification(events).flatMap(deadlinesOfPart);

/** What decides whether a lead was overdue at its deadline. */
export const responseTimesOf = ({
  occurredAt: dueAt,
  answers,
  ended,
}: Pick<ResponseDeadline, 'occurredAt' | 'answers' | 'ended'>): ResponseTimes => ({
  dueAt,
  answeredAt: answers.map((one) => one.occurredAt).toSorted()[0] ?? null,
  endedAt: ended?.occurredAt ?? null,
});

export type LeadAnswer = Times & {
  readonly owner: Owner;
  readonly sourceId: SourceId;
  readonly market: string | null;
  readonly waitedMillis: number;
  /** since when any answer of the lead is known */
  readonly firstKnownAt: Instant;
  readonly supersededAt: Instant | null;
};

const answersOfPart = (events: readonly ReportedEnvelope[]): readonly LeadAnswer[] => {
  const start = events.find(isStart);
  const answers = events.filter((event) => event.name === 'LeadAnswered');
  const recordedTimes = answers.filter((event) => event.data.waitedMillis !== null).map((event) => event.recordedAt);
  return answers.flatMap((event, index) => {
    const { sourceId, repId, teamId, waitedMillis } = event.data;
    if (waitedMillis === null) return [];
    const earlier = answers.slice(index + 1).find((other) => other.occurredAt < event.occurredAt);
    const market = start?.name === 'LeadServiceLevelStarted' ? start.data.market : null;
    const firstKnownAt = recordedTimes.reduce(earlierOf, event.recordedAt);
    const about = { owner: { repId, teamId }, sourceId, market, waitedMillis, firstKnownAt };
    return [{ ...timesOf(event), ...about, supersededAt: earlier?.recordedAt ?? null }];
  });
};

/** The answers to a lead under its service levels. The earliest one counts, from when it was known, in the period of the first known answer. */
export const answersOf = (events: readonly ReportedEnvelope[]): readonly LeadAnswer[] =>
  splitAtRequalification(events).flatMap(answersOfPart);
