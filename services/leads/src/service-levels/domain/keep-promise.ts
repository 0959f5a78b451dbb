import {
  leadAnswered,
  leadCameBack,
  leadEscalated,
  leadServiceLevelMissed,
  leadWaitsForCustomer,
  serviceClockStarted,
  type answerChannel,
  type LeadFact,
  type ServiceLevel,
} from '@meilenstein/contracts';
import { decided, laterOf, refused, type Day, type Decision, type Instant, type Refusal, type RepId } from '@meilenstein/kernel';
import type * as z from 'zod';
import { waitsForAnswer } from '../../follow-up/domain/follow-lead.ts';
import type { CapturedLead, Lead } from '../../lead/domain/lead.ts';
import {
  answerClock,
  bookedDeadlineOf,
  deadlineOf,
  holidaysFrom,
  lookAt,
  pauseClock,
  resumeClock,
  startedClock,
  waitedMillis,
  type AnswerRefusal,
  type PauseRefusal,
  type ResumeRefusal,
} from './service-level.ts';

type GoneRefusal = Refusal<'lead-is-unknown' | 'lead-is-merged' | 'lead-is-erased'>;
type UnpromisedRefusal = GoneRefusal | Refusal<'nothing-is-promised' | 'lead-has-ended'>;

const aboutOf = ({ leadId, sourceId, owner }: CapturedLead) => ({
  leadId,
  sourceId,
  repId: owner?.repId ?? null,
  teamId: owner?.teamId ?? null,
});

const gone = (lead: Lead): { readonly refused: GoneRefusal } | undefined => {
  if (lead.status === 'none') return refused('lead-is-unknown', 'leadId: no lead has this id');
  if (lead.status === 'merged') return refused('lead-is-merged', `leadId: it became a part of ${lead.mergedInto ?? 'another lead'}`);
  return lead.status === 'erased' ? refused('lead-is-erased', 'leadId: the person was erased') : undefined;
};

const isEnded = ({ status }: Lead): boolean => status === 'converted' || status === 'disqualified';

export type StartService = {
  readonly level: ServiceLevel | undefined;
  readonly levelsVersion: number;
  readonly holidays: readonly Day[];
  readonly market: string | null;
  readonly at: Instant;
};

/**
 * The clock starts once, with the first owner or queue, and anew where a lead counts again, not before that; a lead that nothing was
 * promised to has none.
 */
export const startService = (
  before: Lead,
  { level, levelsVersion, holidays, market, at: placedAt }: StartService,
): Decision<LeadFact, never> => {
  if (before.status === 'none' || gone(before) !== undefined || isEnded(before)) return { events: [] };
  if (before.service !== null || level === undefined) return { events: [] };
  const at = laterOf(placedAt, before.begunAgainAt ?? placedAt);
  const { id, name, minutes, hours, escalations } = level;
  const terms = { id, name, minutes, hours, escalations };
  const held = [...holidaysFrom(holidays, at, terms)];
  const dueAt = deadlineOf(startedClock(terms, held, at));
  return decided(serviceClockStarted.of({ ...aboutOf(before), market, levelsVersion, terms, holidays: held, dueAt }, { occurredAt: at }));
};

export type AnswerLead = {
  readonly at: Instant;
  readonly channel: z.output<typeof answerChannel>;
  readonly automatic: boolean;
  /** who answered, where that is a rep; else the owner did */
  readonly by: RepId | undefined;
  readonly now: Instant;
};

/** A rep got in touch. A later answer than the one that is known changes nothing. */
export const answerLead = (
  before: Lead,
  { at, channel, automatic, by, now }: AnswerLead,
): Decision<LeadFact, GoneRefusal | AnswerRefusal | Refusal<'time-in-future'>> => {
  const why = gone(before);
  if (before.status === 'none' || why !== undefined) return why ?? decided();
  if (automatic) return refused('answer-is-automatic', 'automatic: a reply that no person wrote answers nobody', { field: 'automatic' });
  if (at > now) return refused('time-in-future', 'at: it lies in the future', { field: 'at', value: at });
  const cameAt = before.begunAgainAt ?? before.capturedAt;
  if (at < cameAt) return refused('time-is-before-the-start', `at: the lead came at ${cameAt}`, { field: 'at', value: at });
  const { service, answer } = before;
  // Between the lead and its owner lies a moment: an answer in it is one at once.
  const turned =
    service === null ? undefined : answerClock(service.clock, at < service.clock.startedAt ? service.clock.startedAt : at, false);
  if (turned !== undefined && 'refused' in turned) return turned;
  if (answer !== null && answer.at <= at) return decided();
  const clock = turned?.clock;
  const { repId: owner, ...about } = aboutOf(before);
  const promise = {
    levelId: clock?.level.id ?? null,
    dueAt: clock === undefined ? null : deadlineOf(clock),
    waitedMillis: clock === undefined ? null : waitedMillis(clock, clock.answeredAt ?? at),
  };
  return decided(leadAnswered.of({ ...about, repId: by ?? owner, channel, ...promise }, { occurredAt: at }));
};

const nothingPromised = refused('nothing-is-promised', 'leadId: no service level holds for this lead; GET /service-levels shows them');

/** From now on it is the customer's turn. */
export const waitForCustomer = (before: Lead, at: Instant): Decision<LeadFact, UnpromisedRefusal | PauseRefusal> => {
  const why = gone(before);
  if (before.status === 'none' || why !== undefined) return why ?? decided();
  if (before.service === null) return nothingPromised;
  if (isEnded(before)) return refused('lead-has-ended', `leadId: it is ${before.status}`);
  const turned = pauseClock(before.service.clock, at);
  return 'refused' in turned
    ? turned
    : decided(leadWaitsForCustomer.of({ ...aboutOf(before), dueAt: deadlineOf(turned.clock) }, { occurredAt: at }));
};

/** Somebody says that the customer came back: the clock runs on, and a plan that waited for that stops. */
export const resumeService = (before: Lead, at: Instant): Decision<LeadFact, UnpromisedRefusal | ResumeRefusal> => {
  const why = gone(before);
  if (before.status === 'none' || why !== undefined) return why ?? decided();
  const clock = before.service?.clock;
  const turned = clock === undefined || isEnded(before) ? undefined : resumeClock(clock, at);
  if (turned !== undefined && 'clock' in turned)
    return decided(leadCameBack.of({ ...aboutOf(before), dueAt: deadlineOf(turned.clock) }, { occurredAt: at }));
  if (waitsForAnswer(before, at)) {
    const dueAt = clock === undefined ? null : bookedDeadlineOf(clock);
    return decided(leadCameBack.of({ ...aboutOf(before), dueAt }, { occurredAt: at }));
  }
  if (clock === undefined) return nothingPromised;
  return turned ?? refused('lead-has-ended', `leadId: it is ${before.status}`);
};

/** The person wrote again by themselves: if we waited for that, it is our turn. Hearing it again says nothing. */
export const customerWrote = (before: Lead, at: Instant): readonly LeadFact[] => {
  const decision = resumeService(before, at);
  return 'events' in decision ? decision.events : [];
};

/** What time alone has brought about: a deadline that passed, steps of the escalation. */
export const lookAtService = (lead: CapturedLead, now: Instant): Decision<LeadFact, never> => {
  if (lead.service === null) return { events: [] };
  const { clock } = lead.service;
  const { missed, steps } = lookAt(clock, now);
  const about = { ...aboutOf(lead), levelId: clock.level.id };
  const late = missed === null ? [] : [leadServiceLevelMissed.of({ ...about, dueAt: missed }, { occurredAt: missed })];
  const escalated = steps.map(({ afterMinutes, act, at }, index) =>
    leadEscalated.of({ ...about, step: clock.stepsDone + index + 1, afterMinutes, act }, { occurredAt: at }),
  );
  return { events: [...late, ...escalated] };
};
