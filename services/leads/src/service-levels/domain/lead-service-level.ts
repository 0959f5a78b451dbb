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

/** The service level of a lead and its results. Older states have none of these fields. */
export const leadServiceLevel = z.object({
  serviceLevel: z
    .object({
      state: serviceLevelState,
      /** country code */
      market: z.string().nullable(),
      /** in the order in which they lost the lead */
      formerOwners: z.array(formerOwner).default([]),
    })
    .nullable()
    .default(null),
  /** the earliest answer of a rep, also without a service level */
  answer: z.object({ at: instant, channel: answerChannel, repId: repId.nullable() }).nullable().default(null),
  /** the results of service levels from before the lead was requalified */
  earlierServiceLevels: z.array(serviceLevelResult).default([]),
  /** when it was last requalified; null: never */
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

/** Applies a transition in the fold. A refusal cannot occur, because only accepted transitions became events. */
const accepting =
  (change: (state: ServiceLevelState) => { readonly state: ServiceLevelState } | { readonly refused: unknown }) =>
  (state: ServiceLevelState): ServiceLevelState => {
    const result = change(state);
    return 'state' in result ? result.state : state;
  };

const answeredBy =
  (at: Instant) =>
  (state: ServiceLevelState): ServiceLevelState =>
    accepting((one) => applyAnswer(one, at < one.startedAt ? one.startedAt : at, false))(state);

const applyStart = <Lead extends State>(before: Lead, fact: Extract<Happened<LeadFact>, { name: 'LeadServiceLevelStarted' }>): Lead => {
  if (before.serviceLevel !== null) return before;
  const { terms, holidays, market } = fact.data;
  const state = newServiceLevel(terms, holidays, fact.occurredAt);
  const { answer } = before;
  const withStart = { ...before, serviceLevel: { state, market, formerOwners: [] } };
  return withClock(withStart, answer === null ? (one) => one : answeredBy(answer.at));
};

const applyAnswered = <Lead extends State>(before: Lead, fact: Extract<Happened<LeadFact>, { name: 'LeadAnswered' }>): Lead => {
  const { channel, repId: by } = fact.data;
  const at = fact.occurredAt;
  const isFirst = before.answer === null || at < before.answer.at;
  return withClock(isFirst ? { ...before, answer: { at, channel, repId: by } } : before, answeredBy(at));
};

/** A requalified lead gets a new service level; the result of the former one is kept for the report. */
const applyRequalified = <Lead extends State>(before: Lead, at: Instant): Lead => {
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

/** Whether an event concerns the service level of a lead. */
export const concernsServiceLevel = (fact: Happened<LeadFact>): fact is Concerning => concerning.some((name) => name === fact.name);

/** The service level of a lead after an event. Conversion, disqualification, a merge or erasure ends it. */
export const evolveServiceLevel = <Lead extends State>(before: Lead, fact: Concerning): Lead => {
  const at = fact.occurredAt;
  switch (fact.name) {
    case 'LeadServiceLevelStarted':
      return applyStart(before, fact);
    case 'LeadAnswered':
      return applyAnswered(before, fact);
    case 'LeadServiceLevelPaused':
      return withClock(
        before,
        accepting((state) => applyPause(state, at)),
      );
    case 'LeadReplied':
      return withClock(
        before,
        accepting((state) => applyResume(state, at)),
      );
    case 'LeadServiceLevelMissed':
      return withClock(before, (state) => ({ ...state, missedAt: fact.data.dueAt }));
    case 'LeadEscalated':
      return withClock(before, (state) => ({ ...state, stepsDone: Math.max(state.stepsDone, fact.data.step) }));
    case 'LeadRequalified':
      return applyRequalified(before, at);
    case 'LeadConverted':
    case 'LeadDisqualified':
    case 'LeadAbsorbed':
    case 'LeadErased':
      return withClock(before, (state) => applyEnd(state, at));
    case 'LeadRestored':
      // A lead that was closed before the merge stays closed.
      return before.status === 'disqualified' || before.status === 'converted'
        ? before
        : withClock(before, (state) => ({ ...state, endedAt: null }));
  }
};

/** Records a former owner after a change of owner, because a missed deadline is attributed to the owner at that time. */
export const withFormerOwner = <Lead extends State>(after: Lead, before: State['owner'], at: Instant): Lead => {
  const former = before?.repId ?? null;
  if (after.serviceLevel === null || former === (after.owner?.repId ?? null)) return after;
  return {
    ...after,
    serviceLevel: { ...after.serviceLevel, formerOwners: [...after.serviceLevel.formerOwners, { repId: former, until: at }] },
  };
};
