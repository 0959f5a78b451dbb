import { addMillis, instant, submissionId, type Instant } from '@meilenstein/kernel';
import * as z from 'zod';

/** The current state of a consent. */
const consent = z.object({
  status: z.enum(['requested', 'given', 'withdrawn']),
  textVersion: z.string(),
  at: instant,
  submissionId: submissionId.nullable(),
});
export type Consent = z.infer<typeof consent>;

/** By purpose; a purpose is also the channel, such as a newsletter or calls. */
export const consents = z.record(z.string(), consent);
export type Consents = z.infer<typeof consents>;

/** The consents of a person by purpose. Older states have no absorbed consents. */
export const consentRecord = z.object({
  consents,
  /** the consents of leads that turned out to be the same person */
  absorbedConsents: z.record(z.string(), consents).default({}),
});
export type ConsentRecord = z.infer<typeof consentRecord>;

export const noConsents: ConsentRecord = { consents: {}, absorbedConsents: {} };

const strictness = { given: 0, requested: 1, withdrawn: 2 } as const;
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A total order, so that merging records gives the same result in any order. */
const order = (a: Consent, b: Consent): number =>
  byText(a.at, b.at) ||
  strictness[a.status] - strictness[b.status] ||
  byText(a.textVersion, b.textVersion) ||
  byText(a.submissionId ?? '', b.submissionId ?? '');

const mergeConsents = (some: Consents, others: Consents): Consents => {
  const purposes = [...new Set([...Object.keys(some), ...Object.keys(others)])];
  const laterOf = (purpose: string) =>
    [some[purpose], others[purpose]]
      .flatMap((one) => one ?? [])
      .toSorted(order)
      .at(-1);
  return Object.fromEntries(
    purposes.flatMap((purpose) => [laterOf(purpose)].flatMap((one) => (one === undefined ? [] : [[purpose, one]]))),
  );
};

/**
 * The consents of the person over all records: for each purpose the latest one, and the stricter of two at the same time. So a withdrawal
 * on any record is valid until the person agrees again later, and a later request that is not answered yet is no consent.
 */
export const allConsents = ({ consents, absorbedConsents }: ConsentRecord): Consents =>
  Object.values(absorbedConsents).reduce(mergeConsents, consents);

/** For so long nobody is asked again. */
export const quietMillis = 24 * 3600_000;

/**
 * Whether an e-mail that asks about a purpose may be sent. Anybody can enter a person's address in a form, so a request of the last day is
 * final for that day, and a withdrawal is final for every form. Only a sender who signs may ask somebody who withdrew, after that day.
 */
export const mayAskAgain = (
  current: Consent | undefined,
  { at, isProven }: { readonly at: Instant; readonly isProven: boolean },
): boolean => {
  if (current === undefined || current.status === 'given') return true;
  return (isProven || current.status !== 'withdrawn') && current.at <= addMillis(at, -quietMillis);
};

/** Whether two records agree on every purpose, in any order. */
export const sameConsents = (a: Consents, b: Consents): boolean => {
  const text = (one: Consents) =>
    JSON.stringify(
      Object.keys(one)
        .toSorted()
        .map((purpose) => [purpose, one[purpose]?.status, one[purpose]?.at]),
    );
  return text(a) === text(b);
};

const rank = { requested: 0, given: 1, withdrawn: 2 } as const;

/**
 * The consents of the lead itself: the latest one counts, and the stricter of two at the same time. A request does not replace a given
 * consent, unless another record has withdrawn it since.
 */
export const withConsent = <Lead extends ConsentRecord>(before: Lead, purpose: string, consent: Consent): Lead => {
  const current = before.consents[purpose];
  const older =
    current !== undefined && (consent.at < current.at || (consent.at === current.at && rank[consent.status] <= rank[current.status]));
  const weaker = current?.status === 'given' && consent.status === 'requested' && consent.textVersion === current.textVersion;
  const holds = allConsents(before)[purpose]?.status === 'given';
  return older || (weaker && holds) ? before : { ...before, consents: { ...before.consents, [purpose]: consent } };
};
