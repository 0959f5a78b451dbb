import type { Renames } from './renames.ts';

export const pipelineRenames: Renames = {
  codes: {
    'act-does-not-prove-it': 'act-not-accepted',
    'amount-is-missing': 'amount-missing',
    'amount-is-not-positive': 'amount-not-positive',
    'evidence-is-in-the-future': 'evidence-in-future',
    'evidence-is-ours': 'evidence-not-from-customer',
    'evidence-is-too-old': 'evidence-too-old',
    'milestone-is-reached-already': 'milestone-already-reached',
    'opportunity-is-closed': 'opportunity-closed',
    'opportunity-is-unknown': 'opportunity-not-found',
    'there-is-no-order': 'order-not-found',
  },
  events: { EvidenceForgotten: 'EvidenceErased' },
  paths: {},
  fields: {
    'opportunity.terms.knownAt': 'opportunity.terms.recordedAt',
    'opportunity.estimates.knownAt': 'opportunity.estimates.recordedAt',
    'opportunity.knownAt': 'opportunity.recordedAt',
    'opportunity.reached.forgotten': 'opportunity.reached.erased',
  },
};
