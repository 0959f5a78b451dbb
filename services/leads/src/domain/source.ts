import {
  fieldMapping,
  providerName,
  sourceRegistered,
  sourceSecretIssued,
  type FactOf,
  type Happened,
  type SourceFact,
} from '@meilenstein/contracts';
import { addMillis, decided, instant, refused, sourceId, type Decision, type Instant, type Refusal } from '@meilenstein/kernel';
import * as z from 'zod';

/** One form, landing page or campaign that sends leads. */
export const source = z.discriminatedUnion('status', [
  z.object({ status: z.literal('none') }),
  z.object({
    status: z.literal('registered'),
    sourceId,
    name: z.string(),
    provider: providerName,
    mapping: fieldMapping,
    redirects: z.array(z.string()),
    honeypot: z.string().nullable(),
    /** 0: none was ever issued */
    secretNumber: z.int().nonnegative(),
    previous: z.object({ number: z.int().positive(), validUntil: instant }).nullable(),
  }),
]);
export type Source = z.infer<typeof source>;
export type RegisteredSource = Extract<Source, { status: 'registered' }>;

export const noSource: Source = { status: 'none' };

export const evolveSource = (before: Source, fact: Happened<SourceFact>): Source => {
  switch (fact.name) {
    case 'SourceRegistered':
      return { status: 'registered', ...fact.data, secretNumber: 0, previous: null };
    case 'SourceSecretIssued': {
      if (before.status === 'none') return before;
      const { number, previousValidUntil } = fact.data;
      const previous =
        previousValidUntil === null || before.secretNumber === 0 ? null : { number: before.secretNumber, validUntil: previousValidUntil };
      return { ...before, secretNumber: number, previous };
    }
  }
};

type Registration = FactOf<typeof sourceRegistered>['data'];

/** A source is registered once; the same registration again changes nothing. */
export const registerSource = (before: Source, registration: Registration): Decision<SourceFact, never> =>
  before.status === 'none' ? decided(sourceRegistered.of(registration)) : decided();

/** Time that a sender has to change over to a new secret. */
const changeoverMillis = 24 * 3600_000;

export type IssueRefusal = Refusal<'source-is-unknown' | 'number-is-used'>;

/** The new secret holds at once, the one before for 24 hours more, older ones no longer. */
export const issueSecret = (before: Source, number: number, now: Instant): Decision<SourceFact, IssueRefusal> => {
  if (before.status === 'none') return refused('source-is-unknown', 'sourceId: no source has this id; GET /sources lists them');
  if (number <= before.secretNumber) return refused('number-is-used', `number: ${number} was issued before; take a higher one`);
  const previousValidUntil = before.secretNumber === 0 ? null : addMillis(now, changeoverMillis);
  return decided(sourceSecretIssued.of({ sourceId: before.sourceId, number, previousValidUntil }));
};

/** The numbers of the secrets that a signature may be made with now, the newest first. The end of the changeover is excluded. */
export const validSecretNumbers = (of: RegisteredSource, now: Instant): readonly number[] => [
  ...(of.secretNumber === 0 ? [] : [of.secretNumber]),
  ...(of.previous !== null && now < of.previous.validUntil ? [of.previous.number] : []),
];
