import { answerChannel, type Happened, type LeadFact, type LeadStatus } from '@meilenstein/contracts';
import { instant, repId, type Instant, type RepId } from '@meilenstein/kernel';
import * as z from 'zod';
import { withLook, type Looks } from '../looks.ts';
import {
  answerClock,
  endClock,
  nextLookAt,
  pauseClock,
  resumeClock,
  serviceClock,
  startedClock,
  type ServiceClock,
} from './service-level.ts';
import { formerOwner, settled, settledPromise } from './service-standing.ts';

/** What was promised to a lead and what became of it. Older states have none of it. */
export const leadService = z.object({
  service: z
    .object({
      clock: serviceClock,
      /** country code */
      market: z.string().nullable(),
      /** in the order in which they lost it */
      formerOwners: z.array(formerOwner).default([]),
    })
    .nullable()
    .default(null),
  /** the earliest answer of a rep, also where nothing was promised */
  answer: z.object({ at: instant, channel: answerChannel, repId: repId.nullable() }).nullable().default(null),
  /** what was promised before the lead was given up and counted again, as it stood then */
  earlierPromises: z.array(settledPromise).default([]),
  /** since when it counts again, the last time; null: it was never given up */
  begunAgainAt: instant.nullable().default(null),
});
export type LeadService = z.infer<typeof leadService>;
export const noService: LeadService = { service: null, answer: null, earlierPromises: [], begunAgainAt: null };

type State = LeadService & {
  readonly status: LeadStatus;
  readonly looks: Looks;
  readonly owner: { readonly repId: RepId } | null;
};

const withClock = <Lead extends State>(before: Lead, change: (clock: ServiceClock) => ServiceClock): Lead => {
  if (before.service === null) return before;
  const clock = change(before.service.clock);
  return { ...before, service: { ...before.service, clock }, looks: withLook(before.looks, 'service', nextLookAt(clock)) };
};

/** A fold believes what was said: what a rule refused was never said. */
const turned =
  (turn: (clock: ServiceClock) => { readonly clock: ServiceClock } | { readonly refused: unknown }) =>
  (clock: ServiceClock): ServiceClock => {
    const result = turn(clock);
    return 'clock' in result ? result.clock : clock;
  };

const answeredBy =
  (at: Instant) =>
  (clock: ServiceClock): ServiceClock =>
    turned((one) => answerClock(one, at < one.startedAt ? one.startedAt : at, false))(clock);

const started = <Lead extends State>(before: Lead, fact: Extract<Happened<LeadFact>, { name: 'ServiceClockStarted' }>): Lead => {
  if (before.service !== null) return before;
  const { terms, holidays, market } = fact.data;
  const clock = startedClock(terms, holidays, fact.occurredAt);
  const { answer } = before;
  const withStart = { ...before, service: { clock, market, formerOwners: [] } };
  return withClock(withStart, answer === null ? (one) => one : answeredBy(answer.at));
};

const answered = <Lead extends State>(before: Lead, fact: Extract<Happened<LeadFact>, { name: 'LeadAnswered' }>): Lead => {
  const { channel, repId: by } = fact.data;
  const at = fact.occurredAt;
  const isFirst = before.answer === null || at < before.answer.at;
  return withClock(isFirst ? { ...before, answer: { at, channel, repId: by } } : before, answeredBy(at));
};

/** Who counts again is promised and answered anew; what became of the promise before stays in the books. */
const begunAgain = <Lead extends State>(before: Lead, at: Instant): Lead => {
  const { service, owner, earlierPromises, looks } = before;
  const promises = service === null ? earlierPromises : [...earlierPromises, settled(service, owner)];
  return { ...before, service: null, answer: null, earlierPromises: promises, begunAgainAt: at, looks: withLook(looks, 'service', null) };
};

const concerning = [
  'ServiceClockStarted',
  'LeadAnswered',
  'LeadWaitsForCustomer',
  'LeadCameBack',
  'LeadServiceLevelMissed',
  'LeadEscalated',
  'LeadConverted',
  'LeadDisqualified',
  'LeadReopened',
  'LeadAbsorbed',
  'LeadErased',
  'LeadRestored',
] as const;
type Concerning = Extract<Happened<LeadFact>, { name: (typeof concerning)[number] }>;

/** Whether a fact changes what was promised to a lead, or ends it. */
export const concernsService = (fact: Happened<LeadFact>): fact is Concerning => concerning.some((name) => name === fact.name);

/** The part of a lead that its promise is made of, after a fact. Whoever is converted, given up, absorbed or erased waits no longer. */
export const evolveService = <Lead extends State>(before: Lead, fact: Concerning): Lead => {
  const at = fact.occurredAt;
  switch (fact.name) {
    case 'ServiceClockStarted':
      return started(before, fact);
    case 'LeadAnswered':
      return answered(before, fact);
    case 'LeadWaitsForCustomer':
      return withClock(
        before,
        turned((clock) => pauseClock(clock, at)),
      );
    case 'LeadCameBack':
      return withClock(
        before,
        turned((clock) => resumeClock(clock, at)),
      );
    case 'LeadServiceLevelMissed':
      return withClock(before, (clock) => ({ ...clock, missedAt: fact.data.dueAt }));
    case 'LeadEscalated':
      return withClock(before, (clock) => ({ ...clock, stepsDone: Math.max(clock.stepsDone, fact.data.step) }));
    case 'LeadReopened':
      return begunAgain(before, at);
    case 'LeadConverted':
    case 'LeadDisqualified':
    case 'LeadAbsorbed':
    case 'LeadErased':
      return withClock(before, (clock) => endClock(clock, at));
    case 'LeadRestored':
      // Whoever had been given up before stays so.
      return before.status === 'disqualified' || before.status === 'converted'
        ? before
        : withClock(before, (clock) => ({ ...clock, endedAt: null }));
  }
};

/** The lead after it changed hands: who had it at the deadline answers for it, so everybody is remembered who had it since the start. */
export const withFormerOwner = <Lead extends State>(after: Lead, before: State['owner'], at: Instant): Lead => {
  const former = before?.repId ?? null;
  if (after.service === null || former === (after.owner?.repId ?? null)) return after;
  return { ...after, service: { ...after.service, formerOwners: [...after.service.formerOwners, { repId: former, until: at }] } };
};
