import { answerChannel, type Happened, type LeadFact, type LeadStatus } from '@meilenstein/contracts';
import { instant, repId, type Instant, type RepId } from '@meilenstein/kernel';
import * as z from 'zod';
import { withTimer, type Timers } from '../../lead/domain/timers.ts';
import {
  applyAnswer,
  applyEnd,
  nextCheckAt,
  applyPause,
  applyResume,
  serviceLevelState,
  newServiceLevel,
  type ServiceLevelState,
} from './service-level.ts';
import { formerOwner, resultOf, serviceLevelResult } from './service-level-result.ts';

/** What was promised to a lead and what became of it. Older states have none of it. */
export const leadServiceLevel = z.object({
  serviceLevel: z
    .object({
      state: serviceLevelState,
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
  earlierServiceLevels: z.array(serviceLevelResult).default([]),
  /** since when it counts again, the last time; null: it was never given up */
  requalifiedAt: instant.nullable().default(null),
});
export type LeadServiceLevel = z.infer<typeof leadServiceLevel>;
export const noServiceLevel: LeadServiceLevel = { serviceLevel: null, answer: null, earlierServiceLevels: [], requalifiedAt: null };

type State = LeadServiceLevel & {
  readonly status: LeadStatus;
  readonly timers: Timers;
  readonly owner: { readonly repId: RepId } | null;
};

const withClock = <Lead extends State>(before: Lead, change: (state: ServiceLevelState) => ServiceLevelState): Lead => {
  if (before.serviceLevel === null) return before;
  const state = change(before.serviceLevel.state);
  return {
    ...before,
    serviceLevel: { ...before.serviceLevel, state },
    timers: withTimer(before.timers, 'service-level', nextCheckAt(state)),
  };
};

/** A fold believes what was said: what a rule refused was never said. */
const applied =
  (change: (state: ServiceLevelState) => { readonly state: ServiceLevelState } | { readonly refused: unknown }) =>
  (state: ServiceLevelState): ServiceLevelState => {
    const result = change(state);
    return 'state' in result ? result.state : state;
  };

const answeredBy =
  (at: Instant) =>
  (state: ServiceLevelState): ServiceLevelState =>
    applied((one) => applyAnswer(one, at < one.startedAt ? one.startedAt : at, false))(state);

const started = <Lead extends State>(before: Lead, fact: Extract<Happened<LeadFact>, { name: 'LeadServiceLevelStarted' }>): Lead => {
  if (before.serviceLevel !== null) return before;
  const { terms, holidays, market } = fact.data;
  const state = newServiceLevel(terms, holidays, fact.occurredAt);
  const { answer } = before;
  const withStart = { ...before, serviceLevel: { state, market, formerOwners: [] } };
  return withClock(withStart, answer === null ? (one) => one : answeredBy(answer.at));
};

const answered = <Lead extends State>(before: Lead, fact: Extract<Happened<LeadFact>, { name: 'LeadAnswered' }>): Lead => {
  const { channel, repId: by } = fact.data;
  const at = fact.occurredAt;
  const isFirst = before.answer === null || at < before.answer.at;
  return withClock(isFirst ? { ...before, answer: { at, channel, repId: by } } : before, answeredBy(at));
};

/** Who counts again is promised and answered anew; what became of the promise before stays in the books. */
const requalified = <Lead extends State>(before: Lead, at: Instant): Lead => {
  const { serviceLevel, owner, earlierServiceLevels, timers } = before;
  const earlier = serviceLevel === null ? earlierServiceLevels : [...earlierServiceLevels, resultOf(serviceLevel, owner)];
  return {
    ...before,
    serviceLevel: null,
    answer: null,
    earlierServiceLevels: earlier,
    requalifiedAt: at,
    timers: withTimer(timers, 'service-level', null),
  };
};

const concerning = [
  'LeadServiceLevelStarted',
  'LeadAnswered',
  'LeadServiceLevelPaused',
  'LeadReplied',
  'LeadServiceLevelMissed',
  'LeadEscalated',
  'LeadConverted',
  'LeadDisqualified',
  'LeadRequalified',
  'LeadAbsorbed',
  'LeadErased',
  'LeadRestored',
] as const;
type Concerning = Extract<Happened<LeadFact>, { name: (typeof concerning)[number] }>;

/** Whether a fact changes what was promised to a lead, or ends it. */
export const concernsServiceLevel = (fact: Happened<LeadFact>): fact is Concerning => concerning.some((name) => name === fact.name);

/** The part of a lead that its promise is made of, after a fact. Whoever is converted, given up, absorbed or erased waits no longer. */
export const evolveServiceLevel = <Lead extends State>(before: Lead, fact: Concerning): Lead => {
  const at = fact.occurredAt;
  switch (fact.name) {
    case 'LeadServiceLevelStarted':
      return started(before, fact);
    case 'LeadAnswered':
      return answered(before, fact);
    case 'LeadServiceLevelPaused':
      return withClock(
        before,
        applied((state) => applyPause(state, at)),
      );
    case 'LeadReplied':
      return withClock(
        before,
        applied((state) => applyResume(state, at)),
      );
    case 'LeadServiceLevelMissed':
      return withClock(before, (state) => ({ ...state, missedAt: fact.data.dueAt }));
    case 'LeadEscalated':
      return withClock(before, (state) => ({ ...state, stepsDone: Math.max(state.stepsDone, fact.data.step) }));
    case 'LeadRequalified':
      return requalified(before, at);
    case 'LeadConverted':
    case 'LeadDisqualified':
    case 'LeadAbsorbed':
    case 'LeadErased':
      return withClock(before, (state) => applyEnd(state, at));
    case 'LeadRestored':
      // Whoever had been given up before stays so.
      return before.status === 'disqualified' || before.status === 'converted'
        ? before
        : withClock(before, (state) => ({ ...state, endedAt: null }));
  }
};

/** The lead after it changed hands: who had it at the deadline answers for it, so everybody is remembered who had it since the start. */
export const withFormerOwner = <Lead extends State>(after: Lead, before: State['owner'], at: Instant): Lead => {
  const former = before?.repId ?? null;
  if (after.serviceLevel === null || former === (after.owner?.repId ?? null)) return after;
  return {
    ...after,
    serviceLevel: { ...after.serviceLevel, formerOwners: [...after.serviceLevel.formerOwners, { repId: former, until: at }] },
  };
};
