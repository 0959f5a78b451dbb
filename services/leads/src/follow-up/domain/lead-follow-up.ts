import { leadSequence, taskId, variant, type Happened, type LeadFact } from '@meilenstein/contracts';
import { instant, type Instant, type LeadId } from '@meilenstein/kernel';
import * as z from 'zod';
import { allConsents, type ConsentRecord } from '../../consent/domain/consent-record.ts';
import { withTimer, type Timers } from '../../lead/domain/timers.ts';
import {
  dueTime,
  followUp,
  nextStepAt,
  resumedFollowUp,
  startedFollowUp,
  stoppedFollowUp,
  withDone,
  type StopReason,
} from './follow-up.ts';

export const leadTask = z.object({
  taskId,
  /** whose task it is: the owner's, whoever that is, or the managers' of the owner's team */
  whose: z.enum(['owner', 'managers']),
  /** the step of the plan's version that words it; null: an escalation */
  step: z.object({ sequenceId: z.string(), sequencesVersion: z.int(), stepId: z.string() }).nullable(),
  dueAt: instant,
  doneAt: instant.nullable(),
});
export type LeadTask = z.infer<typeof leadTask>;

/** What became of an e-mail whose wording is compared. */
const trial = z.object({ experiment: z.string(), variant, startedAt: instant, answeredAt: instant.nullable() });

/** What is done for a lead until it answers. Older states have none of it. */
export const leadFollowUp = z.object({
  followUp: followUp.nullable().default(null),
  /** plans that ran once run no more */
  followed: z.array(z.string()).default([]),
  trials: z.record(z.string(), trial).default({}),
  tasks: z.array(leadTask).default([]),
  /** since when the lead is part of another one, and nothing is done for it by itself */
  pausedSince: instant.nullable().default(null),
});
export type LeadFollowUp = z.infer<typeof leadFollowUp>;
export const noFollowUp: LeadFollowUp = { followUp: null, followed: [], trials: {}, tasks: [], pausedSince: null };

type State = LeadFollowUp & ConsentRecord & { readonly leadId: LeadId; readonly timers: Timers };

const concerning = [
  'FollowUpStarted',
  'FollowUpStepTaken',
  'FollowUpStopped',
  'LeadTaskDone',
  'LeadEscalated',
  'LeadAnswered',
  'LeadReplied',
  'ConsentWithdrawn',
  'LeadMerged',
  'LeadConverted',
  'LeadDisqualified',
  'LeadRequalified',
  'LeadAbsorbed',
  'LeadRestored',
  'LeadErased',
] as const;
type Concerning = Extract<Happened<LeadFact>, { name: (typeof concerning)[number] }>;

/** Whether a fact changes what is done for a lead, or ends it. */
export const concernsFollowUp = (fact: Happened<LeadFact>): fact is Concerning => concerning.some((name) => name === fact.name);

const closed = (tasks: readonly LeadTask[], at: Instant, isMeant: (one: LeadTask) => boolean): LeadTask[] =>
  tasks.map((one) => (one.doneAt === null && isMeant(one) ? { ...one, doneAt: at } : one));

/** What a plan asked for is asked for no longer once it stops. */
const stopped = <Lead extends State>(before: Lead, reason: StopReason, at: Instant): Lead => {
  if (before.followUp === null) return before;
  const { sequenceId } = before.followUp;
  return {
    ...before,
    followUp: stoppedFollowUp(before.followUp, reason, at),
    tasks: closed(before.tasks, at, (one) => one.step?.sequenceId === sequenceId),
  };
};

const ended = <Lead extends State>(before: Lead, at: Instant): Lead => ({
  ...stopped(before, 'lead-closed', at),
  tasks: closed(before.tasks, at, () => true),
});

const withTask = <Lead extends State>(before: Lead, one: LeadTask): Lead =>
  before.tasks.some((other) => other.taskId === one.taskId) ? before : { ...before, tasks: [...before.tasks, one] };

const taken = <Lead extends State>(before: Lead, { data }: Extract<Concerning, { name: 'FollowUpStepTaken' }>): Lead => {
  const running = before.followUp;
  const step = running?.steps.find((one) => one.id === data.stepId);
  if (running === null || step === undefined || running.sequenceId !== data.sequenceId) return before;
  const after = { ...before, followUp: withDone(running, step.id) };
  const at = dueTime(running, step);
  if (data.did === 'task') {
    const { sequenceId, sequencesVersion } = running;
    const about = { sequenceId, sequencesVersion, stepId: step.id };
    return withTask(after, { taskId: `${before.leadId}.${sequenceId}.${step.id}`, whose: 'owner', step: about, dueAt: at, doneAt: null });
  }
  const { experiment, sequenceId, variant: wording } = running;
  if (data.did === 'skipped' || !step.compared || experiment === null || before.trials[sequenceId] !== undefined) return after;
  return { ...after, trials: { ...after.trials, [sequenceId]: { experiment, variant: wording, startedAt: at, answeredAt: null } } };
};

const escalated = <Lead extends State>(before: Lead, { data, occurredAt }: Extract<Concerning, { name: 'LeadEscalated' }>): Lead => {
  if (data.act === 'requeue') return before;
  const whose = data.act === 'tell-owner' ? 'owner' : 'managers';
  return withTask(before, {
    taskId: `${before.leadId}.ESCALATION.${data.step}`,
    whose,
    step: null,
    dueAt: occurredAt,
    doneAt: null,
  });
};

const cameBack = <Lead extends State>(before: Lead, at: Instant): Lead => {
  const trials = Object.entries(before.trials).map(
    ([sequenceId, one]) => [sequenceId, one.answeredAt === null && one.startedAt <= at ? { ...one, answeredAt: at } : one] as const,
  );
  // A plan that began because of this very message waits for the next one.
  const isOlder = before.followUp !== null && before.followUp.startedAt < at;
  return { ...(isOlder ? stopped(before, 'answered', at) : before), trials: Object.fromEntries(trials) };
};

/** A lead that is itself again has the plan and the tasks that it had: those that were closed by nothing but the merge. */
const restored = <Lead extends State>(before: Lead, at: Instant): Lead => {
  const { pausedSince: since, followUp: resting } = before;
  if (since === null) return before;
  const tasks = before.tasks.map((one) => (one.doneAt === since ? { ...one, doneAt: null } : one));
  return { ...before, tasks, followUp: resting === null ? null : resumedFollowUp(resting, since, at), pausedSince: null };
};

const evolved = <Lead extends State>(before: Lead, fact: Concerning): Lead => {
  const at = fact.occurredAt;
  switch (fact.name) {
    case 'FollowUpStarted': {
      const course = leadSequence.parse(fact.data);
      return { ...before, followUp: startedFollowUp(course, at), followed: [...before.followed, course.sequenceId] };
    }
    case 'FollowUpStepTaken':
      return taken(before, fact);
    case 'FollowUpStopped':
      return before.followUp?.sequenceId === fact.data.sequenceId ? stopped(before, fact.data.reason, at) : before;
    case 'LeadTaskDone':
      return { ...before, tasks: closed(before.tasks, at, (one) => one.taskId === fact.data.taskId) };
    case 'LeadEscalated':
      return escalated(before, fact);
    case 'LeadAnswered':
      return { ...stopped(before, 'answered', at), tasks: closed(stopped(before, 'answered', at).tasks, at, (one) => one.step === null) };
    case 'LeadReplied':
      return cameBack(before, at);
    case 'LeadRequalified':
      // Plans begin anew, too, and their tasks with them: what was done before is history.
      return { ...stopped(before, 'answered', at), followed: [], tasks: [] };
    case 'ConsentWithdrawn':
      return before.followUp?.purpose === fact.data.purpose ? stopped(before, 'consent-withdrawn', at) : before;
    case 'LeadMerged': {
      // What the other record withdrew is withdrawn here, too.
      const purpose = before.followUp?.purpose ?? null;
      const withdrawn = purpose !== null && allConsents(before)[purpose]?.status === 'withdrawn';
      return withdrawn ? stopped(before, 'consent-withdrawn', at) : before;
    }
    case 'LeadConverted':
    case 'LeadDisqualified':
      return ended(before, at);
    case 'LeadAbsorbed':
      return { ...ended(before, at), pausedSince: at };
    case 'LeadRestored':
      return restored(before, at);
    case 'LeadErased':
      return { ...ended(before, at), tasks: [] };
  }
};

/** What is done for a lead, after a fact. An answer, a withdrawn consent and the lead's end stop it in the same breath. */
export const evolveFollowUp = <Lead extends State>(before: Lead, fact: Concerning): Lead => {
  const after = evolved(before, fact);
  return { ...after, timers: withTimer(after.timers, 'follow-up', after.followUp === null ? null : nextStepAt(after.followUp)) };
};
