import type { ReportedEnvelope } from '@meilenstein/contracts';

/** The events that an imported row emits for a lead, and that a corrected row emits again. */
const importedEvents: readonly ReportedEnvelope['name'][] = [
  'LeadCaptured',
  'LeadCorrected',
  'LeadScored',
  'LeadAssigned',
  'LeadQualified',
  'LeadConverted',
];

/**
 * The events of a lead without those that a corrected row of an import replaces. An assignment by the routing rules stays, unless the correction
 * names an owner.
 */
export const withoutCorrected = (events: readonly ReportedEnvelope[]): readonly ReportedEnvelope[] => {
  const last = Math.max(...events.flatMap((event) => (event.name === 'LeadCorrected' ? [event.sequence] : [])));
  const isReassigned = events.some((event) => event.name === 'LeadAssigned' && event.origin === 'import' && event.sequence > last);
  const isVoid = (event: ReportedEnvelope): boolean => {
    if (event.sequence >= last || event.origin !== 'import' || !importedEvents.includes(event.name)) return false;
    return event.name !== 'LeadAssigned' || event.data.reason === 'import' || isReassigned;
  };
  return events.filter((event) => !isVoid(event));
};
