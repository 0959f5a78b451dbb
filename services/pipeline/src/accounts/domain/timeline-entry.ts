import type { pipelineOnAccountChanged, ReceivedBy, TimelineKind } from '@meilenstein/contracts';
import {
  canonicalJson,
  type AccountId,
  type ContactId,
  type Instant,
  type LeadId,
  type Money,
  type OpportunityId,
  type RepId,
  type SourceId,
} from '@meilenstein/kernel';

export type AccountEvent = ReceivedBy<typeof pipelineOnAccountChanged>;
type Named<Name extends AccountEvent['name']> = Extract<AccountEvent, { readonly name: Name }>;
type Evidence = Pick<Named<'MilestoneReached'>['data'], 'milestoneId' | 'act' | 'channel' | 'partyRole'>;

/** One thing that happened with an account. It repeats nothing confidential: the customer's words stay with the opportunity. */
export type TimelineEntry = {
  readonly entryId: string;
  readonly accountId: AccountId;
  readonly kind: TimelineKind;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  /** the event: its aggregate and its position there; null where another service emitted it */
  readonly event: { readonly aggregate: 'opportunity' | 'account' | 'contact'; readonly id: string; readonly sequence: number } | null;
  readonly opportunityId?: OpportunityId | undefined;
  readonly leadId?: LeadId | undefined;
  readonly contactId?: ContactId | undefined;
  readonly sourceId?: SourceId | undefined;
  readonly otherAccount?: { readonly accountId: AccountId; readonly name: string | null } | undefined;
  readonly amount?: Money | null | undefined;
  readonly from?: RepId | undefined;
  readonly to?: RepId | undefined;
  readonly reason?: Named<'OpportunityLost'>['data']['reason'] | Named<'OrderCancelled'>['data']['reason'] | undefined;
  readonly milestoneId?: Evidence['milestoneId'] | undefined;
  readonly evidence?: Evidence | undefined;
  readonly changed?: readonly string[] | undefined;
};

type Content = Omit<TimelineEntry, 'entryId' | 'accountId' | 'occurredAt' | 'recordedAt' | 'event'> & { readonly at?: Instant };

const ofAmendedOpportunity = ({ data: { opportunityId, before, after } }: Named<'OpportunityAmended'>): Content[] => {
  const changed = (['amount', 'segment'] as const).filter((name) => canonicalJson(before[name]) !== canonicalJson(after[name]));
  return [
    ...(before.repId === after.repId
      ? []
      : [{ kind: 'opportunity-handed-over' as const, opportunityId, from: before.repId, to: after.repId }]),
    ...(changed.length === 0 ? [] : [{ kind: 'opportunity-amended' as const, opportunityId, amount: after.amount, changed }]),
  ];
};

const ofAmendedAccount = ({ data: { before, after, texts, opening } }: Named<'AccountAmended'>): Content[] => {
  if (opening !== undefined) return [];
  const changed = [...Object.keys(after).filter((name) => name !== 'owner'), ...texts.map((id) => `fields.${id}`)];
  const { owner: from } = before;
  const { owner: to } = after;
  return [
    ...(to === undefined ? [] : [{ kind: 'account-handed-over' as const, from: from ?? undefined, to: to ?? undefined }]),
    ...(changed.length === 0 ? [] : [{ kind: 'account-amended' as const, changed }]),
  ];
};

const responses = { answered: 'customer-answered', asked: 'customer-asked', postponed: 'customer-postponed' } as const;

const contentsOf = (event: AccountEvent): Content[] => {
  switch (event.name) {
    case 'LeadConverted': {
      const { leadId, sourceId, capturedAt, opportunityId } = event.data;
      return [
        { kind: 'lead-captured', leadId, sourceId, opportunityId, at: capturedAt },
        { kind: 'lead-converted', leadId, sourceId, opportunityId },
      ];
    }
    case 'OpportunityOpened':
      return [{ kind: 'opportunity-opened', opportunityId: event.data.opportunityId, to: event.data.repId, amount: event.data.amount }];
    case 'OpportunityAmended':
      return ofAmendedOpportunity(event);
    case 'MilestoneReached': {
      const { opportunityId, milestoneId, act, channel, partyRole } = event.data;
      return [{ kind: 'milestone-reached', opportunityId, milestoneId, evidence: { milestoneId, act, channel, partyRole } }];
    }
    case 'MilestoneWithdrawn':
      return [{ kind: 'milestone-withdrawn', opportunityId: event.data.opportunityId, milestoneId: event.data.milestoneId }];
    case 'EvidenceCorrected': {
      const { opportunityId, milestoneId, after } = event.data;
      const { act, channel, partyRole } = after;
      return [{ kind: 'evidence-corrected', opportunityId, milestoneId, evidence: { milestoneId, act, channel, partyRole } }];
    }
    case 'CustomerResponded':
      return [{ kind: responses[event.data.kind], opportunityId: event.data.opportunityId }];
    case 'CustomerResponseWithdrawn':
      return [{ kind: 'customer-response-withdrawn', opportunityId: event.data.opportunityId }];
    case 'OpportunityWon':
      return [{ kind: 'order-received', opportunityId: event.data.opportunityId, amount: event.data.amount, to: event.data.repId }];
    case 'OpportunityLost':
      return [{ kind: 'opportunity-lost', opportunityId: event.data.opportunityId, reason: event.data.reason }];
    case 'OrderCancelled':
      return [{ kind: 'order-cancelled', opportunityId: event.data.opportunityId, amount: event.data.amount, reason: event.data.reason }];
    case 'OrderPartiallyCancelled': {
      const { opportunityId, cancelled, reason } = event.data;
      return [{ kind: 'order-partially-cancelled', opportunityId, amount: cancelled.amount, reason }];
    }
    case 'OrderCorrected':
      return [{ kind: 'order-corrected', opportunityId: event.data.opportunityId, amount: event.data.amount }];
    case 'OpportunityReopened':
      return [{ kind: 'opportunity-reopened', opportunityId: event.data.opportunityId }];
    case 'AccountOpened':
      return [{ kind: 'account-opened', opportunityId: event.data.opening?.opportunityId, to: event.data.facts.owner ?? undefined }];
    case 'AccountAmended':
      return ofAmendedAccount(event);
    case 'AccountMerged':
      return [{ kind: 'account-merged', otherAccount: { accountId: event.data.absorbed, name: event.data.name } }];
    case 'AccountMergeUndone':
      return [{ kind: 'account-merge-undone', otherAccount: { accountId: event.data.absorbed, name: null } }];
    case 'ContactAdded':
      return [{ kind: 'contact-added', contactId: event.data.contactId, leadId: event.data.leadId ?? undefined }];
    case 'ContactAmended':
      return [{ kind: 'contact-amended', contactId: event.data.contactId, changed: event.data.changed }];
    case 'ContactErased':
      return [{ kind: 'contact-erased', contactId: event.data.contactId }];
    // It says to which team an order counts, and nothing of the customer.
    case 'OrderTeamCorrected':
    case 'AccountAbsorbed':
    case 'AccountRestored':
    case 'AccountTextsErased':
      return [];
  }
};

type Aggregate = NonNullable<TimelineEntry['event']>['aggregate'];

const aggregateOf = ({ name }: AccountEvent): Aggregate => {
  if (name.startsWith('Account')) return 'account';
  return name.startsWith('Contact') ? 'contact' : 'opportunity';
};

/**
 * The entries of an event in the timeline of an account: none, one or two. They depend on the event alone, so events may come in any order
 * and more than once.
 */
export const timelineEntries = (event: AccountEvent, accountId: AccountId): readonly TimelineEntry[] =>
  contentsOf(event).map(({ at, ...content }, index) => ({
    entryId: index === 0 ? event.id : `${event.id}-${index + 1}`,
    accountId,
    occurredAt: at ?? event.occurredAt,
    recordedAt: event.recordedAt,
    event: event.name === 'LeadConverted' ? null : { aggregate: aggregateOf(event), id: event.subject, sequence: event.sequence },
    ...content,
  }));
