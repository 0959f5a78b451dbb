import type { ReportedEnvelope } from '@meilenstein/contracts';
import { instant, laterOf, repId, teamId, type Instant, type RepId, type TeamId } from '@meilenstein/kernel';
import * as z from 'zod';

const owner = z.object({ repId: repId.nullable(), teamId: teamId.nullable() });
const times = { occurredAt: instant, recordedAt: instant };

/** What became of a lead later, each with its own `recordedAt`, so that a cut-off can leave it out. */
const journey = {
  converted: z.object(times).nullable(),
  /** -1: it is known to be another lead's person; 1: it is known to be one of its own again; in the order of the decisions */
  merges: z.array(z.object({ recordedAt: instant, by: z.union([z.literal(1), z.literal(-1)]) })),
};

/** One countable thing. It belongs to the period of its `recordedAt`, when the company knew it: to one, and never to none. */
export const countable = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('lead'), ...times, ...journey }),
  /** a lead came to its first owner; for team and rep it counts from here on */
  z.object({ kind: z.literal('given-lead'), ...times, owner, ...journey }),
  /** two leads are known to be one person, or two again; `owner`: who had the lead by then */
  z.object({ kind: z.literal('merge'), ...times, owner: owner.nullable(), by: z.union([z.literal(1), z.literal(-1)]) }),
  z.object({ kind: z.literal('touchpoint'), ...times }),
  z.object({ kind: z.literal('quarantined'), ...times }),
  z.object({ kind: z.literal('milestone'), ...times, owner, processId: z.string(), milestoneId: z.string(), position: z.int() }),
  z.object({ kind: z.literal('won'), ...times, owner, minor: z.int() }),
  z.object({ kind: z.literal('lost'), ...times, owner }),
  z.object({ kind: z.literal('cancelled'), ...times, owner, minor: z.int() }),
  z.object({ kind: z.literal('credit'), ...times, owner, minor: z.int() }),
]);
export type Countable = z.infer<typeof countable>;
export type Kind = Countable['kind'];

const timesOf = ({ occurredAt, recordedAt }: { readonly occurredAt: Instant; readonly recordedAt: Instant }) => ({
  occurredAt,
  recordedAt,
});
const ownerOf = (data: { readonly repId: RepId; readonly teamId: TeamId }) => ({ repId: data.repId, teamId: data.teamId });

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

const leadOf = (events: readonly ReportedEnvelope[]): readonly Countable[] => {
  const captured = events.find((event) => event.name === 'LeadCaptured');
  if (captured === undefined) return [];
  const assigned = events.find((event) => event.name === 'LeadAssigned');
  const converted = events.find((event) => event.name === 'LeadConverted');
  const mergings = events.filter(isMerging).toSorted((a, b) => a.sequence - b.sequence);
  const became = {
    converted: converted === undefined ? null : timesOf(converted),
    merges: mergings.map((merging) => ({ recordedAt: merging.recordedAt, by: byOf(merging) })),
  };
  const given = (to: Of<'LeadAssigned'>): Countable => ({
    kind: 'given-lead',
    occurredAt: to.occurredAt,
    recordedAt: laterOf(captured.recordedAt, to.recordedAt),
    owner: ownerOf(to.data),
    ...became,
  });
  return [
    { kind: 'lead', ...timesOf(captured), ...became },
    ...(assigned === undefined ? [] : [given(assigned)]),
    ...mergings.map((merging) => mergeOf(merging, assigned)),
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
      const { amount } = event.data;
      return [
        {
          kind: 'credit',
          ...timesOf(event),
          owner: ownerOf(event.data),
          minor: event.name === 'CreditGranted' ? amount.minor : -amount.minor,
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
