import type { TrialView } from '@meilenstein/contracts';
import type { RegisteredSource } from '../domain/source.ts';
import { parseSubmission } from '../domain/parse-submission.ts';
import { unmappedOf } from '../domain/unmapped.ts';
import type { Reading } from '../providers/provider.ts';

const nothing = { reason: null, fields: {}, consents: [], explanation: [] };

/** What a payload would become, read like a real delivery. Nothing is stored. */
export const tryReading = (source: RegisteredSource, reading: Reading): TrialView => {
  if ('quarantine' in reading) return { ...nothing, outcome: 'quarantined', reason: reading.quarantine };
  if ('reject' in reading) return { ...nothing, outcome: 'rejected', reason: reading.reject };
  if ('fetch' in reading)
    return { ...nothing, outcome: 'fetched', reason: 'the sender delivers a reference; the content behind it is fetched' };
  if ('erase' in reading) return { ...nothing, outcome: 'erased', reason: 'the sender asks to erase a person' };
  const parsed = parseSubmission(reading.answers, source.settings, { released: false });
  const { explanation: values } = parsed;
  const explanation = [...values, ...unmappedOf(reading.answers, values)];
  if ('quarantine' in parsed) return { ...nothing, outcome: 'quarantined', reason: parsed.quarantine, explanation };
  return { outcome: 'lead', reason: null, fields: parsed.fields, consents: [...parsed.consents], explanation };
};
