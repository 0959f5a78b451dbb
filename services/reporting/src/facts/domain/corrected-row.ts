import type { ReportedEnvelope } from '@meilenstein/contracts';

/** What an import says of a lead, and a corrected row says anew. */
const saidByRow: readonly ReportedEnvelope['name'][] = [
  'LeadCaptured',
  'LeadCorrected',
  'LeadScored',
  'LeadAssigned',
  'LeadQualified',
  'LeadConverted',
];

/**
 * The events of a lead without those that a corrected row of an import has made void. Where the rules had given the lead away, that
 * stays, unless an owner is named with the correction.
 */
export const withoutVoid = (events: readonly ReportedEnvelope[]): readonly ReportedEnvelope[] => {
  const last = Math.max(...events.flatMap((event) => (event.name === 'LeadCorrected' ? [event.sequence] : [])));
  const isAssignedAnew = events.some((event) => event.name === 'LeadAssigned' && event.origin === 'import' && event.sequence > last);
  const isVoid = (event: ReportedEnvelope): boolean => {
    if (event.sequence >= last || event.origin !== 'import' || !saidByRow.includes(event.name)) return false;
    return event.name !== 'LeadAssigned' || event.data.reason === 'import' || isAssignedAnew;
  };
  return events.filter((event) => !isVoid(event));
};
