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
  /** the current owner, or the managers of the owner's team */
  whose: z.enum(['owner', 'managers']),
  /** the step whose text it shows; null: an escalation */
  step: z.object({ sequenceId: z.string(), sequencesVersion: z.int(), stepId: z.string() }).nullable(),
  dueAt: instant,
  doneAt: instant.nullable(),
});
export type LeadTask = z.infer<typeof leadTask>;

/** What became of an e-mail whose wording is compared. */
const trial = z.object({ experiment: z.string(), variant, startedAt: instant, answeredAt: instant.nullable() });

/** The follow-up of a lead. Older states have none of these fields. */
export const leadFollowUp = z.object({
  followUp: followUp.nullable().default(null),
  /** ids of the sequences that were started, which are not started again */
  followed: z.array(z.string()).default([]),
  trials: z.record(z.string(), trial).default({}),
  tasks: z.array(leadTask).default([]),
  /** since when the lead is merged into another and its follow-up is paused */
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

/** Whether an event concerns the follow-up of a lead. */
export const concernsFollowUp = (fact: Happened<LeadFact>): fact is Concerning => concerning.some((name) => name === fact.name);

const closeTasks = (tasks: readonly LeadTask[], at: Instant, isMeant: (one: LeadTask) => boolean): LeadTask[] =>
  tasks.map((one) => (one.doneAt === null && isMeant(one) ? { ...one, doneAt: at } : one));

/** Stops the sequence and closes its open tasks. */
const stopSequence = <Lead extends State>(before: Lead, reason: StopReason, at: Instant): Lead => {
  if (before.followUp === null) return before;
  const { sequenceId } = before.followUp;
  return {
    ...before,
    followUp: stoppedFollowUp(before.followUp, reason, at),
    tasks: closeTasks(before.tasks, at, (one) => one.step?.sequenceId === sequenceId),
  };
};

const endFollowUp = <Lead extends State>(before: Lead, at: Instant): Lead => ({
  ...stopSequence(before, 'lead-closed', at),
  tasks: closeTasks(before.tasks, at, () => true),
});

const withTask = <Lead extends State>(before: Lead, one: LeadTask): Lead =>
  before.tasks.some((other) => other.taskId === one.taskId) ? before : { ...before, tasks: [...before.tasks, one] };

const applyStep = <Lead extends State>(before: Lead, { data }: Extract<Concerning, { name: 'FollowUpStepTaken' }>): Lead => {
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

const applyEscalation = <Lead extends State>(before: Lead, { data, occurredAt }: Extract<Concerning, { name: 'LeadEscalated' }>): Lead => {
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

const applyReply = <Lead extends State>(before: Lead, at: Instant): Lead => {
  const trials = Object.entries(before.trials).map(
    ([sequenceId, one]) => [sequenceId, one.answeredAt === null && one.startedAt <= at ? { ...one, answeredAt: at } : one] as const,
  );
  // A sequence that started because of this message waits for the next one.
  const isOlder = before.followUp !== null && before.followUp.startedAt < at;
  return { ...(isOlder ? stopSequence(before, 'answered', at) : before), trials: Object.fromEntries(trials) };
};

/** Undoing a merge restores the sequence and the tasks that only the merge had closed. */
const applyRestore = <Lead extends State>(before: Lead, at: Instant): Lead => {
  const { pausedSince: since, followUp: resting } = before;
  if (since === null) return before;
  const tasks = before.tasks.map((one) => (one.doneAt === since ? { ...one, doneAt: null } : one));
  return { ...before, tasks, followUp: resting === null ? null : resumedFollowUp(resting, since, at), pausedSince: null };
};

const applyFact = <Lead extends State>(before: Lead, fact: Concerning): Lead => {
  const at = fact.occurredAt;
  switch (fact.name) {
    case 'FollowUpStarted': {
      const course = leadSequence.parse(fact.data);
      return { ...before, followUp: startedFollowUp(course, at), followed: [...before.followed, course.sequenceId] };
    }
    case 'FollowUpStepTaken':
      return applyStep(before, fact);
    case 'FollowUpStopped':
      return before.followUp?.sequenceId === fact.data.sequenceId ? stopSequence(before, fact.data.reason, at) : before;
    case 'LeadTaskDone':
      return { ...before, tasks: closeTasks(before.tasks, at, (one) => one.taskId === fact.data.taskId) };
    case 'LeadEscalated':
      return applyEscalation(before, fact);
    case 'LeadAnswered':
      return {
        ...stopSequence(before, 'answered', at),
        tasks: closeTasks(stopSequence(before, 'answered', at).tasks, at, (one) => one.step === null),
      };
    case 'LeadReplied':
      return applyReply(before, at);
    case 'LeadRequalified':
      // Sequences and their tasks start again; what was done before is history.
      return { ...stopSequence(before, 'answered', at), followed: [], tasks: [] };
    case 'ConsentWithdrawn':
      return before.followUp?.purpose === fact.data.purpose ? stopSequence(before, 'consent-withdrawn', at) : before;
    case 'LeadMerged': {
      // A consent that was withdrawn on the other lead is withdrawn here too.
      const purpose = before.followUp?.purpose ?? null;
      const withdrawn = purpose !== null && allConsents(before)[purpose]?.status === 'withdrawn';
      return withdrawn ? stopSequence(before, 'consent-withdrawn', at) : before;
    }
    case 'LeadConverted':
    case 'LeadDisqualified':
      return endFollowUp(before, at);
    case 'LeadAbsorbed':
      return { ...endFollowUp(before, at), pausedSince: at };
    case 'LeadRestored':
      return applyRestore(before, at);
    case 'LeadErased':
      return { ...endFollowUp(before, at), tasks: [] };
  }
};

/** The follow-up of a lead after an event. An answer, a withdrawn consent or the end of the lead stops it at once. */
export const evolveFollowUp = <Lead extends State>(before: Lead, fact: Concerning): Lead => {
  const after = applyFact(before, fact);
  return { ...after, timers: withTimer(after.timers, 'follow-up', after.followUp === null ? null : nextStepAt(after.followUp)) };
};
