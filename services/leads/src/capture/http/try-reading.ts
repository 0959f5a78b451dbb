import type { TrialView } from '@meilenstein/contracts';
import type { Language } from '@meilenstein/kernel';
import type { RegisteredSource } from '../domain/source.ts';
import { parseSubmission } from '../domain/parse-submission.ts';
import { trialTexts } from '../domain/texts.ts';
import { unmappedOf } from '../domain/unmapped.ts';
import type { Reading } from '../providers/provider.ts';

const nothing = { reason: null, fields: {}, consents: [], explanation: [] };

/** What a payload would become, read like a real delivery. Nothing is stored. */
export const tryReading = (source: RegisteredSource, reading: Reading, language: Language): TrialView => {
  const words = trialTexts[language];
  if ('quarantine' in reading) return { ...nothing, outcome: 'quarantined', reason: reading.quarantine };
  if ('reject' in reading) return { ...nothing, outcome: 'rejected', reason: reading.reject };
  if ('fetch' in reading) return { ...nothing, outcome: 'fetched', reason: words.fetched };
  if ('erase' in reading) return { ...nothing, outcome: 'erased', reason: words.erased };
  const parsed = parseSubmission(reading.answers, source.settings, { released: false, words });
  const { explanation: values } = parsed;
  const explanation = [...values, ...unmappedOf(reading.answers, values, words)];
  if ('quarantine' in parsed) return { ...nothing, outcome: 'quarantined', reason: parsed.quarantine, explanation };
  return { outcome: 'lead', reason: null, fields: parsed.fields, consents: [...parsed.consents], explanation };
};
