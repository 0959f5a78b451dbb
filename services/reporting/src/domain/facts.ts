import { stage, type ReportedEnvelope } from '@meilenstein/contracts';
import { day, instant, repId, sourceId, teamId, toInstant, type Instant, type RepId, type TeamId } from '@meilenstein/kernel';
import * as z from 'zod';
import { answersOf, dueOf } from './promised.ts';

const owner = z.object({ repId: repId.nullable(), teamId: teamId.nullable() });
const times = { occurredAt: instant, recordedAt: instant };

/** One countable thing. What happened to it later carries its own `recordedAt`, so that a cut-off can leave it out. */
export const countable = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('lead'),
    ...times,
    /** who got it first, and since when that is known */
    owner: owner.extend({ recordedAt: instant }).nullable(),
    converted: z.object(times).nullable(),
    /** since when it is known to be another lead's person; null: it counts */
    absorbedAt: instant.nullable(),
  }),
  z.object({ kind: z.literal('touchpoint'), ...times }),
  z.object({ kind: z.literal('quarantined'), ...times }),
  z.object({ kind: z.literal('milestone'), ...times, owner, processId: z.string(), milestoneId: z.string(), position: z.int() }),
  z.object({ kind: z.literal('won'), ...times, owner, minor: z.int() }),
  z.object({ kind: z.literal('lost'), ...times, owner }),
  z.object({ kind: z.literal('cancelled'), ...times, owner, minor: z.int() }),
  z.object({ kind: z.literal('credit'), ...times, owner, minor: z.int(), creditDay: day }),
  z.object({
    /** what sales promised to a lead; it occurs when it is due */
    kind: z.literal('due'),
    ...times,
    owner,
    answers: z.array(z.object(times)),
    /** since when nothing more was owed, because the lead was converted, given up or gone */
    ended: z.object(times).nullable(),
  }),
  z.object({
    kind: z.literal('answer'),
    ...times,
    owner,
    sourceId,
    market: z.string().nullable(),
    waitedMillis: z.int(),
    /** since when an earlier answer is known; null: this is the first */
    supersededAt: instant.nullable(),
  }),
  /** `absorbedAt` as of a lead */
  z.object({ kind: z.literal('qualified'), ...times, owner, stage, segments: z.array(z.string()), absorbedAt: instant.nullable() }),
  z.object({
    /** what marketing promised; it occurs when its month begins, in UTC */
    kind: z.literal('promise'),
    ...times,
    month: z.string(),
    segmentId: z.string().nullable(),
    stage,
    promised: z.int(),
    /** since when another version of the month's promise is known */
    supersededAt: instant.nullable(),
  }),
]);
export type Countable = z.infer<typeof countable>;
export type Kind = Countable['kind'];

const timesOf = ({ occurredAt, recordedAt }: { readonly occurredAt: Instant; readonly recordedAt: Instant }) => ({
  occurredAt,
  recordedAt,
});
const ownerOf = (data: { readonly repId: RepId; readonly teamId: TeamId }) => ({ repId: data.repId, teamId: data.teamId });

/** Since when a lead is known to be another one's person; null: it counts. */
const absorbedAtOf = (events: readonly ReportedEnvelope[]): Instant | null => {
  const merging = events.filter((event) => event.name === 'LeadAbsorbed' || event.name === 'LeadRestored');
  const last = merging.toSorted((a, b) => a.sequence - b.sequence).at(-1);
  return last?.name === 'LeadAbsorbed' ? last.recordedAt : null;
};

const leadOf = (events: readonly ReportedEnvelope[]): readonly Countable[] => {
  const captured = events.find((event) => event.name === 'LeadCaptured');
  if (captured === undefined) return [];
  const assigned = events.find((event) => event.name === 'LeadAssigned');
  const converted = events.find((event) => event.name === 'LeadConverted');
  return [
    {
      kind: 'lead',
      ...timesOf(captured),
      owner: assigned === undefined ? null : { ...ownerOf(assigned.data), recordedAt: assigned.recordedAt },
      converted: converted === undefined ? null : timesOf(converted),
      absorbedAt: absorbedAtOf(events),
    },
  ];
};

/** What sales promised to one lead, and each answer that it got under a promise. */
const promisedTo = (events: readonly ReportedEnvelope[]): readonly Countable[] => {
  const due = dueOf(events);
  const answers = answersOf(events).map((answer) => ({ kind: 'answer' as const, ...answer }));
  return [...(due === undefined ? [] : [{ kind: 'due' as const, ...due }]), ...answers];
};

const qualifiedOf = (events: readonly ReportedEnvelope[]): readonly Countable[] =>
  events.flatMap((event) => {
    if (event.name !== 'LeadQualified' || event.data.again) return [];
    const { stage: reached, segments, repId: rep, teamId: team } = event.data;
    const about = { owner: { repId: rep, teamId: team }, stage: reached, segments, absorbedAt: absorbedAtOf(events) };
    return [{ kind: 'qualified', ...timesOf(event), ...about }];
  });

const beginningOf = (month: string): Instant => toInstant(`${month}-01T00:00:00Z`);

const promisesOf = (events: readonly ReportedEnvelope[]): readonly Countable[] => {
  const versions = events.filter((event) => event.name === 'MarketingPromised').toSorted((a, b) => a.sequence - b.sequence);
  return versions.flatMap(({ data: { month, promises }, recordedAt }, index) => {
    const about = { occurredAt: beginningOf(month), recordedAt, month, supersededAt: versions[index + 1]?.recordedAt ?? null };
    return promises.map((promise) => ({ kind: 'promise' as const, ...about, ...promise }));
  });
};

const single = (event: ReportedEnvelope): readonly Countable[] => {
  switch (event.name) {
    case 'LeadTouched':
      return [{ kind: 'touchpoint', ...timesOf(event) }];
    case 'SubmissionQuarantined':
      return [{ kind: 'quarantined', ...timesOf(event) }];
    case 'MilestoneReached': {
      const { processId, milestoneId, position } = event.data;
      return [{ kind: 'milestone', ...timesOf(event), owner: ownerOf(event.data), processId, milestoneId, position }];
    }
    case 'OpportunityWon':
      return [{ kind: 'won', ...timesOf(event), owner: ownerOf(event.data), minor: event.data.reportingAmount.minor }];
    case 'OpportunityLost':
      return [{ kind: 'lost', ...timesOf(event), owner: ownerOf(event.data) }];
    case 'OrderCancelled':
      return [{ kind: 'cancelled', ...timesOf(event), owner: ownerOf(event.data), minor: event.data.reportingAmount.minor }];
    case 'CreditGranted':
    case 'CreditReversed': {
      const { amount, creditDay } = event.data;
      return [
        {
          kind: 'credit',
          ...timesOf(event),
          owner: ownerOf(event.data),
          minor: event.name === 'CreditGranted' ? amount.minor : -amount.minor,
          creditDay,
        },
      ];
    }
    case 'ServiceClockStarted':
    case 'LeadAnswered':
    case 'LeadWaitsForCustomer':
    case 'LeadCameBack':
    case 'LeadDisqualified':
    case 'LeadErased':
    case 'LeadQualified':
    case 'MarketingPromised':
    case 'LeadCaptured':
    case 'LeadScored':
    case 'LeadAssigned':
    case 'LeadConverted':
    case 'LeadAbsorbed':
    case 'LeadRestored':
    case 'SubmissionCreatedLead':
    case 'SubmissionReleased':
    case 'ProcessPublished':
    case 'OpportunityOpened':
    case 'OpportunityAmended':
    case 'TargetsSet':
      return [];
  }
};

/** Everything countable in the events of one subject; numbered, so that the same events always give the same things. */
export const countablesOf = (events: readonly ReportedEnvelope[]): readonly Countable[] => [
  ...leadOf(events),
  ...promisedTo(events),
  ...qualifiedOf(events),
  ...promisesOf(events),
  ...events.flatMap(single),
];
