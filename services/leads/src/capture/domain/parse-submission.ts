import type { ConsentQuestion, PersonFields, SourceSettings } from '@meilenstein/contracts';
import { mapFields, valueAt, type Explained } from './map-fields.ts';

export type GivenConsent = Pick<ConsentQuestion, 'purpose' | 'textVersion' | 'doubleOptIn'>;

/** The person data and consents in a form, by the settings of its source, with an explanation of each value. */
export type ParsedSubmission = { readonly explanation: readonly Explained[] } & (
  | { readonly fields: PersonFields; readonly consents: readonly GivenConsent[] }
  | { readonly quarantine: string }
  | { readonly reject: string }
);

const yes = new Set(['true', 'yes', 'on', '1', 'ja', 'checked']);

/** Only a clear yes gives consent. */
const isYes = (value: unknown): boolean =>
  value === true ||
  value === 1 ||
  (typeof value === 'string' && yes.has(value.trim().toLowerCase())) ||
  (Array.isArray(value) && value.length === 1 && isYes(value[0]));

const isFilled = (value: unknown): boolean =>
  typeof value === 'string' ? value.trim() !== '' : value !== undefined && value !== null && value !== false;

/** Rejects a submission with a filled honeypot, and quarantines one whose person cannot be reached. */
export const parseSubmission = (
  answers: Readonly<Record<string, unknown>>,
  { mapping, honeypot, consents }: Pick<SourceSettings, 'mapping' | 'honeypot' | 'consents'>,
): ParsedSubmission => {
  const mapped = mapFields(answers, mapping);
  if (honeypot !== null && isFilled(valueAt(answers, honeypot))) return { reject: 'honeypot', explanation: mapped.explanation };
  if ('quarantine' in mapped) return mapped;
  const given = consents.filter(({ path }) => isYes(valueAt(answers, path)));
  return { ...mapped, consents: given.map(({ purpose, textVersion, doubleOptIn }) => ({ purpose, textVersion, doubleOptIn })) };
};
