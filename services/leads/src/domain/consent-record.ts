import { instant, submissionId } from '@meilenstein/kernel';
import * as z from 'zod';

/** A consent as it stands. */
export const consent = z.object({
  status: z.enum(['requested', 'given', 'withdrawn']),
  textVersion: z.string(),
  at: instant,
  submissionId: submissionId.nullable(),
});
export type Consent = z.infer<typeof consent>;

/** By purpose; a purpose is also the channel, such as a newsletter or calls. */
export const consents = z.record(z.string(), consent);
export type Consents = z.infer<typeof consents>;

/** What a person said of each purpose. Older states have nothing of others. */
export const consentRecord = z.object({
  consents,
  /** what was said to leads that turned out to be the same person */
  absorbedConsents: z.record(z.string(), consents).default({}),
});
export type ConsentRecord = z.infer<typeof consentRecord>;

export const noConsents: ConsentRecord = { consents: {}, absorbedConsents: {} };

const strictness = { given: 0, requested: 1, withdrawn: 2 } as const;
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Total, so that records together say the same in whichever order they came together. */
const order = (a: Consent, b: Consent): number =>
  byText(a.at, b.at) ||
  strictness[a.status] - strictness[b.status] ||
  byText(a.textVersion, b.textVersion) ||
  byText(a.submissionId ?? '', b.submissionId ?? '');

const together = (some: Consents, others: Consents): Consents => {
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
 * What holds for the person, by all its records: of each purpose the latest word, of two at one time the stricter. So a withdrawal on
 * any record holds until the person agrees again later, and a later question that nobody has answered is no consent either.
 */
export const allConsents = ({ consents: own, absorbedConsents }: ConsentRecord): Consents =>
  Object.values(absorbedConsents).reduce(together, own);

/** Whether two records say the same of every purpose, in whichever order they were told. */
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
 * What a lead itself was told: the latest word counts; of two at the same time the one that asks for less. A request does not undo what
 * was given, unless another record has withdrawn it since.
 */
export const withConsent = <Lead extends ConsentRecord>(before: Lead, purpose: string, said: Consent): Lead => {
  const there = before.consents[purpose];
  const older = there !== undefined && (said.at < there.at || (said.at === there.at && rank[said.status] <= rank[there.status]));
  const weaker = there?.status === 'given' && said.status === 'requested' && said.textVersion === there.textVersion;
  const holds = allConsents(before)[purpose]?.status === 'given';
  return older || (weaker && holds) ? before : { ...before, consents: { ...before.consents, [purpose]: said } };
};
