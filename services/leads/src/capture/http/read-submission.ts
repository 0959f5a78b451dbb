import type { SourceSettings } from '@meilenstein/contracts';
import { checkRateLimit } from '../domain/rate.ts';
import type { RegisteredSource } from '../domain/source.ts';
import type { KeptSubmission } from '../domain/submission.ts';
import { parseSubmission, type ParsedSubmission } from '../domain/parse-submission.ts';
import { jsonOf } from '../providers/json-body.ts';
import type { Reading } from '../providers/provider.ts';
import { providers } from '../providers/providers.ts';
import { checkStamp, stampField } from '../providers/stamp.ts';
import { checkCaptcha, captchaField } from './captcha.ts';
import type { LeadsDeps } from '../../live-leads.ts';

export type SubmissionReading = ParsedSubmission | { readonly reject: string } | { readonly fetch: string } | { readonly erase: string };

const quarantine = (reason: string): { readonly quarantine: string; readonly explanation: [] } => ({ quarantine: reason, explanation: [] });

const maxOfNetwork = 1000;

const checkRate = async ({ stores }: LeadsDeps, submission: KeptSubmission, { limits }: SourceSettings): Promise<string | undefined> => {
  if (limits.source === null && limits.network === null) return undefined;
  const most = Math.max((limits.source ?? 0) + 1, limits.network === null ? 0 : maxOfNetwork);
  const received = await stores.submissions.receivedBefore(submission, most);
  const current = received.find((one) => one.submissionId === submission.submissionId);
  return checkRateLimit({ ...submission, at: submission.storedAt, network: current?.network ?? null }, received, limits);
};

/** A script that puts a field into a form may do so twice. */
const firstOf = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value);

/** Checks what shows that a person filled in the form: the time it took, and the captcha. Returns a reason for quarantine, or undefined. */
const checkTrust = async (
  deps: LeadsDeps,
  { source, submission }: { readonly source: RegisteredSource; readonly submission: KeptSubmission },
  answers: Readonly<Record<string, unknown>>,
): Promise<string | undefined> => {
  const { minimumSeconds, captcha } = source.settings;
  if (minimumSeconds !== null) {
    const secrets = await deps.stores.secrets.valid(source, submission.storedAt);
    const fault = checkStamp(firstOf(answers[stampField]), { secrets, at: submission.storedAt, minimumSeconds });
    if (fault !== undefined) return fault;
  }
  return captcha
    ? checkCaptcha({ secrets: deps.stores.secrets, outside: deps.outside }, source.sourceId, firstOf(answers[captchaField]))
    : undefined;
};

/** The content of a stored submission by its provider; for a thin notification, the document that was fetched. */
export const readingOf = async (
  { stores }: LeadsDeps,
  { submissionId, fetched }: KeptSubmission,
  source: RegisteredSource,
): Promise<Reading> => {
  const provider = providers[source.provider];
  const kept = fetched ? await stores.submissions.fetched(submissionId) : await stores.submissions.raw(submissionId);
  if (kept === undefined) return { reject: 'raw-body-expired' };
  if (!fetched || provider.readFetched === undefined) return provider.read(kept);
  const document = jsonOf(kept);
  return 'quarantine' in document ? document : provider.readFetched(document.value);
};

/** Reads a stored submission by the current settings of its source. Throws if an external service that it needs does not respond. */
export const readSubmission = async (deps: LeadsDeps, submission: KeptSubmission, source: RegisteredSource): Promise<SubmissionReading> => {
  // A submission that a user released is trusted.
  const overRate = submission.released ? undefined : await checkRate(deps, submission, source.settings);
  if (overRate !== undefined) return quarantine(overRate);
  const reading = await readingOf(deps, submission, source);
  if ('quarantine' in reading) return quarantine(reading.quarantine);
  if ('reject' in reading) return { reject: reading.reject };
  if (!('answers' in reading)) return reading;
  const parsed = parseSubmission(reading.answers, source.settings, submission);
  if ('quarantine' in parsed || submission.released) return parsed;
  const reason = await checkTrust(deps, { source, submission }, reading.answers);
  return reason === undefined ? parsed : { quarantine: reason, explanation: parsed.explanation };
};
