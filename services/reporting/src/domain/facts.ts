import type { ReportedEnvelope } from '@meilenstein/contracts';
import { day, instant, repId, teamId, type Instant, type RepId, type TeamId } from '@meilenstein/kernel';
import * as z from 'zod';

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
]);
export type Countable = z.infer<typeof countable>;
export type Kind = Countable['kind'];

const timesOf = ({ occurredAt, recordedAt }: { readonly occurredAt: Instant; readonly recordedAt: Instant }) => ({
  occurredAt,
  recordedAt,
});
const ownerOf = (data: { readonly repId: RepId; readonly teamId: TeamId }) => ({ repId: data.repId, teamId: data.teamId });

const leadOf = (events: readonly ReportedEnvelope[]): readonly Countable[] => {
  const captured = events.find((event) => event.name === 'LeadCaptured');
  if (captured === undefined) return [];
  const assigned = events.find((event) => event.name === 'LeadAssigned');
  const converted = events.find((event) => event.name === 'LeadConverted');
  const merging = events.filter((event) => event.name === 'LeadAbsorbed' || event.name === 'LeadRestored');
  const last = merging.toSorted((a, b) => a.sequence - b.sequence).at(-1);
  return [
    {
      kind: 'lead',
      ...timesOf(captured),
      owner: assigned === undefined ? null : { ...ownerOf(assigned.data), recordedAt: assigned.recordedAt },
      converted: converted === undefined ? null : timesOf(converted),
      absorbedAt: last?.name === 'LeadAbsorbed' ? last.recordedAt : null,
    },
  ];
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
export const countablesOf = (events: readonly ReportedEnvelope[]): readonly Countable[] => [...leadOf(events), ...events.flatMap(single)];
