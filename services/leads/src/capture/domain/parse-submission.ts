import type { ConsentQuestion, PersonFields, SourceSettings } from '@meilenstein/contracts';
import { foldCase } from '@meilenstein/kernel';
import { hasOnlyPlaceholders } from '../../identity/domain/person-keys.ts';
import { mapFields, valueAt, type Explained } from './map-fields.ts';
import type { TrialTexts } from './texts.ts';

export type GivenConsent = Pick<ConsentQuestion, 'purpose' | 'textVersion' | 'doubleOptIn'>;

/** The person data and consents in a form, by the settings of its source, with an explanation of each value. */
export type ParsedSubmission = { readonly explanation: readonly Explained[] } & (
  | { readonly fields: PersonFields; readonly consents: readonly GivenConsent[] }
  | { readonly quarantine: string }
);

const yes = new Set(['true', 'yes', 'on', '1', 'ja', 'checked']);

/** Only a clear yes gives consent. */
const isYes = (value: unknown): boolean =>
  value === true ||
  value === 1 ||
  (typeof value === 'string' && yes.has(foldCase(value.trim()))) ||
  (Array.isArray(value) && value.some(isYes));

const isFilled = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.some(isFilled);
  return typeof value === 'string' ? value.trim() !== '' : value !== undefined && value !== null && value !== false;
};

/**
 * Quarantines a submission with a filled honeypot, which the browser of a person may have filled in, and one whose person cannot be reached.
 * `released`: a person looked at it and said that it is a lead.
 */
export const parseSubmission = (
  answers: Readonly<Record<string, unknown>>,
  { mapping, honeypot, consents }: Pick<SourceSettings, 'mapping' | 'honeypot' | 'consents'>,
  { released, words }: { readonly released: boolean; readonly words?: TrialTexts },
): ParsedSubmission => {
  const mapped = mapFields(answers, mapping, words);
  const { explanation } = mapped;
  if (!released && honeypot !== null && isFilled(valueAt(answers, honeypot))) return { quarantine: 'honeypot', explanation };
  if ('quarantine' in mapped) return mapped;
  if (!released && hasOnlyPlaceholders(mapped.fields)) return { quarantine: 'contact-is-placeholder', explanation };
  const given = consents.filter(({ path }) => isYes(valueAt(answers, path)));
  return { ...mapped, consents: given.map(({ purpose, textVersion, doubleOptIn }) => ({ purpose, textVersion, doubleOptIn })) };
};
