import type { PipelineEnvelope } from '@meilenstein/contracts';

export type OpportunityEnvelope = Exclude<PipelineEnvelope, { readonly name: 'ProcessPublished' }>;

const isEvidenceOf =
  (milestoneId: string | null) =>
  (event: OpportunityEnvelope): boolean =>
    event.name === 'MilestoneReached' && event.data.milestoneId === milestoneId;

const without = (events: readonly OpportunityEnvelope[], isVoid: (event: OpportunityEnvelope) => boolean): readonly OpportunityEnvelope[] =>
  events.filter((event) => !isVoid(event));

/** What a further event leaves of those before it. */
const nextInForce = (before: readonly OpportunityEnvelope[], event: OpportunityEnvelope): readonly OpportunityEnvelope[] => {
  switch (event.name) {
    case 'MilestoneWithdrawn':
      return without(before, isEvidenceOf(event.data.milestoneId));
    case 'EvidenceCorrected': {
      const { milestoneId, after } = event.data;
      return before.map((one) =>
        one.name === 'MilestoneReached' && one.data.milestoneId === milestoneId ? { ...one, data: { ...one.data, act: after.act } } : one,
      );
    }
    case 'CustomerResponseWithdrawn':
      return without(before, (one) => one.name === 'CustomerResponded' && one.data.responseId === event.data.responseId);
    case 'OpportunityReopened':
      // the loss did not happen; the order did and was cancelled, but its milestone is not reached any more
      return [...without(before, (one) => one.name === 'OpportunityLost' || isEvidenceOf(event.data.orderMilestoneId)(one)), event];
    default:
      return [...before, event];
  }
};

/**
 * The events of an opportunity that still hold, in order of sequence: without evidence and responses that were withdrawn and losses that were
 * reopened, and with the evidence as it was corrected. So nothing that was taken back is counted by dwells, conversions, leaks and forecasts.
 */
export const eventsInForce = (events: readonly OpportunityEnvelope[]): readonly OpportunityEnvelope[] =>
  events.reduce<readonly OpportunityEnvelope[]>(nextInForce, []);
