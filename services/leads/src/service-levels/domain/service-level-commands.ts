import {
  leadAnswered,
  leadReplied,
  leadEscalated,
  leadServiceLevelMissed,
  leadServiceLevelPaused,
  leadServiceLevelStarted,
  type answerChannel,
  type LeadFact,
  type ServiceLevel,
} from '@meilenstein/contracts';
import { decided, laterOf, refused, type Day, type Decision, type Instant, type Refusal, type RepId } from '@meilenstein/kernel';
import type * as z from 'zod';
import { waitsForAnswer } from '../../follow-up/domain/follow-up-commands.ts';
import type { CapturedLead, Lead } from '../../lead/domain/lead.ts';
import {
  applyAnswer,
  reportedDeadlineOf,
  deadlineOf,
  holidaysFrom,
  checkDue,
  applyPause,
  applyResume,
  newServiceLevel,
  waitedMillis,
  type AnswerRefusal,
  type PauseRefusal,
  type ResumeRefusal,
} from './service-level.ts';

type GoneRefusal = Refusal<'lead-not-found' | 'lead-merged' | 'lead-erased'>;
type NoServiceLevelRefusal = GoneRefusal | Refusal<'no-service-level' | 'lead-closed'>;

const aboutOf = ({ leadId, sourceId, owner }: CapturedLead) => ({
  leadId,
  sourceId,
  repId: owner?.repId ?? null,
  teamId: owner?.teamId ?? null,
});

const checkLeadExists = (lead: Lead): GoneRefusal | undefined => {
  if (lead.status === 'none') return refused('lead-not-found', 'leadId: no lead has this id').refused;
  if (lead.status === 'merged')
    return refused('lead-merged', `leadId: the lead was merged into ${lead.mergedInto ?? 'another lead'}`).refused;
  return lead.status === 'erased' ? refused('lead-erased', 'leadId: the person was erased').refused : undefined;
};

const isEnded = ({ status }: Lead): boolean => status === 'converted' || status === 'disqualified';

export type StartServiceLevel = {
  readonly level: ServiceLevel | undefined;
  readonly levelsVersion: number;
  readonly holidays: readonly Day[];
  readonly market: string | null;
  readonly at: Instant;
};

/**
 * Starts a service level once, with the first owner or queue, and again after requalification. A lead that matches no level has none.
 */
export const startServiceLevel = (
  before: Lead,
  { level, levelsVersion, holidays, market, at: startedAt }: StartServiceLevel,
): Decision<LeadFact, never> => {
  if (before.status === 'none' || checkLeadExists(before) !== undefined || isEnded(before)) return { events: [] };
  if (before.serviceLevel !== null || level === undefined) return { events: [] };
  const at = laterOf(startedAt, before.requalifiedAt ?? startedAt);
  const { id, name, minutes, hours, escalations } = level;
  const terms = { id, name, minutes, hours, escalations };
  const held = [...holidaysFrom(holidays, at, terms)];
  const dueAt = deadlineOf(newServiceLevel(terms, held, at));
  return decided(
    leadServiceLevelStarted.of({ ...aboutOf(before), market, levelsVersion, terms, holidays: held, dueAt }, { occurredAt: at }),
  );
};

export type AnswerLead = {
  readonly at: Instant;
  readonly channel: z.output<typeof answerChannel>;
  readonly automatic: boolean;
  /** the rep who answered; undefined: the owner */
  readonly by: RepId | undefined;
  readonly now: Instant;
};

/** Records that a rep got in touch. An answer later than the recorded one changes nothing. */
export const answerLead = (
  before: Lead,
  { at, channel, automatic, by, now }: AnswerLead,
): Decision<LeadFact, GoneRefusal | AnswerRefusal | Refusal<'time-in-future'>> => {
  const missing = checkLeadExists(before);
  if (before.status === 'none' || missing !== undefined) return missing === undefined ? decided() : { refused: missing };
  if (automatic) return refused('automatic-answer', 'automatic: an automatic reply does not count as an answer', { field: 'automatic' });
  if (at > now) return refused('time-in-future', 'at: the time is in the future', { field: 'at', value: at });
  const cameAt = before.requalifiedAt ?? before.capturedAt;
  if (at < cameAt) return refused('time-before-start', `at: the lead arrived at ${cameAt}`, { field: 'at', value: at });
  const { serviceLevel, answer } = before;
  // An answer between the capture of the lead and the start of the service level counts as given at its start.
  const transition =
    serviceLevel === null
      ? undefined
      : applyAnswer(serviceLevel.state, at < serviceLevel.state.startedAt ? serviceLevel.state.startedAt : at, false);
  if (transition !== undefined && 'refused' in transition) return transition;
  if (answer !== null && answer.at <= at) return decided();
  const state = transition?.state;
  const { repId: owner, ...about } = aboutOf(before);
  const serviceLevelFields = {
    levelId: state?.level.id ?? null,
    dueAt: state === undefined ? null : deadlineOf(state),
    waitedMillis: state === undefined ? null : waitedMillis(state, state.answeredAt ?? at),
  };
  return decided(leadAnswered.of({ ...about, repId: by ?? owner, channel, ...serviceLevelFields }, { occurredAt: at }));
};

const noServiceLevelApplies = refused('no-service-level', 'leadId: no service level applies to this lead; GET /service-levels lists them');

/** Pauses the service level while sales waits for the customer. */
export const waitForCustomer = (before: Lead, at: Instant): Decision<LeadFact, NoServiceLevelRefusal | PauseRefusal> => {
  const missing = checkLeadExists(before);
  if (before.status === 'none' || missing !== undefined) return missing === undefined ? decided() : { refused: missing };
  if (before.serviceLevel === null) return noServiceLevelApplies;
  if (isEnded(before)) return refused('lead-closed', `leadId: the lead is ${before.status}`);
  const transition = applyPause(before.serviceLevel.state, at);
  return 'refused' in transition
    ? transition
    : decided(leadServiceLevelPaused.of({ ...aboutOf(before), dueAt: deadlineOf(transition.state) }, { occurredAt: at }));
};

/** Records that the customer replied: the service level continues, and a sequence that waited for a reply stops. */
export const resumeServiceLevel = (before: Lead, at: Instant): Decision<LeadFact, NoServiceLevelRefusal | ResumeRefusal> => {
  const missing = checkLeadExists(before);
  if (before.status === 'none' || missing !== undefined) return missing === undefined ? decided() : { refused: missing };
  const state = before.serviceLevel?.state;
  const transition = state === undefined || isEnded(before) ? undefined : applyResume(state, at);
  if (transition !== undefined && 'state' in transition)
    return decided(leadReplied.of({ ...aboutOf(before), dueAt: deadlineOf(transition.state) }, { occurredAt: at }));
  if (waitsForAnswer(before, at)) {
    const dueAt = state === undefined ? null : reportedDeadlineOf(state);
    return decided(leadReplied.of({ ...aboutOf(before), dueAt }, { occurredAt: at }));
  }
  if (state === undefined) return noServiceLevelApplies;
  return transition ?? refused('lead-closed', `leadId: the lead is ${before.status}`);
};

/** The events of a new message of the person: a paused service level continues. Receiving it again has no effect. */
export const customerWrote = (before: Lead, at: Instant): readonly LeadFact[] => {
  const decision = resumeServiceLevel(before, at);
  return 'events' in decision ? decision.events : [];
};

/** The events that time alone causes: a missed deadline, and steps of the escalation. */
export const checkServiceLevelDue = (lead: CapturedLead, now: Instant): Decision<LeadFact, never> => {
  if (lead.serviceLevel === null) return { events: [] };
  const { state } = lead.serviceLevel;
  const { missed, steps } = checkDue(state, now);
  const about = { ...aboutOf(lead), levelId: state.level.id };
  const late = missed === null ? [] : [leadServiceLevelMissed.of({ ...about, dueAt: missed }, { occurredAt: missed })];
  const escalated = steps.map(({ afterMinutes, act, at }, index) =>
    leadEscalated.of({ ...about, step: state.stepsDone + index + 1, afterMinutes, act }, { occurredAt: at }),
  );
  return { events: [...late, ...escalated] };
};
