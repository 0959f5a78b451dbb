import {
  followUpStarted,
  followUpStepTaken,
  followUpStopped,
  leadTaskDone,
  type FollowUpSequence,
  type LeadFact,
} from '@meilenstein/contracts';
import { decided, laterOf, refused, type Decision, type Instant, type Refusal, type RepId } from '@meilenstein/kernel';
import { allConsents } from '../../consent/domain/consent-record.ts';
import type { CapturedLead, Lead } from '../../lead/domain/lead.ts';
import { dueSteps, nextStepAt } from './follow-up.ts';
import { sequenceForLead } from './follow-up-sequence.ts';

const followed: readonly Lead['status'][] = ['new', 'working', 'mql', 'sql', 'disqualified'];

export type StartFollowUp = {
  readonly sequence: FollowUpSequence | undefined;
  readonly sequencesVersion: number;
  readonly category: string | null;
  readonly at: Instant;
};

/** Starts a sequence once for a lead, and once more after it is requalified; the running sequence stops. */
export const startFollowUp = (before: Lead, { sequence, sequencesVersion, category, at }: StartFollowUp): Decision<LeadFact, never> => {
  if (before.status === 'none' || !followed.includes(before.status)) return { events: [] };
  if (sequence === undefined || before.followed.includes(sequence.sequenceId)) return { events: [] };
  const { leadId, followUp: running } = before;
  const gives = running !== null && nextStepAt(running) !== null;
  const from = [running?.startedAt, before.requalifiedAt].reduce<Instant>((latest, one) => laterOf(latest, one ?? latest), at);
  const stop = gives
    ? [followUpStopped.of({ leadId, sequenceId: running.sequenceId, reason: 'another-sequence' }, { occurredAt: from })]
    : [];
  const course = sequenceForLead(sequence, sequencesVersion, leadId);
  return { events: [...stop, followUpStarted.of({ leadId, category, ...course }, { occurredAt: from })] };
};

const ownerOf = ({ owner }: CapturedLead) => ({ repId: owner?.repId ?? null, teamId: owner?.teamId ?? null });

const hasConsent = (lead: CapturedLead): boolean => {
  const purpose = lead.followUp?.purpose ?? null;
  return purpose !== null && allConsents(lead)[purpose]?.status === 'given';
};

/** The steps of the sequence that are due. */
export const checkFollowUpDue = (lead: CapturedLead, now: Instant): Decision<LeadFact, never> => {
  const { followUp: running, leadId } = lead;
  if (running === null) return { events: [] };
  const { sequenceId, variant } = running;
  const steps = dueSteps(running, hasConsent(lead), now);
  return decided(
    ...steps.map(({ step, at, did }) =>
      followUpStepTaken.of({ leadId, sequenceId, stepId: step.id, did, variant, ...ownerOf(lead) }, { occurredAt: at }),
    ),
  );
};

/** Whether the e-mail of a step may still be sent: the person consents, and nobody has answered since it was due. */
export const mayWrite = (lead: CapturedLead, sequenceId: string): boolean =>
  lead.status !== 'erased' && lead.followUp?.sequenceId === sequenceId && lead.followUp.stopped === null && hasConsent(lead);

/** Whether a running sequence or a wording comparison waits for a reply of the person. */
export const waitsForAnswer = ({ followUp: running, trials }: CapturedLead, at: Instant): boolean =>
  (running !== null && running.startedAt < at && nextStepAt(running) !== null) ||
  Object.values(trials).some((one) => one.answeredAt === null && one.startedAt <= at);

export type TaskRefusal = Refusal<'task-not-found'>;
export const taskIsUnknown = refused('task-not-found', 'taskId: no task that you may see has this id; GET /tasks lists them');

/** Marks a task as done; a closed task stays as it is. */
export const doTask = (before: Lead, taskId: string, by: RepId | undefined): Decision<LeadFact, TaskRefusal> => {
  if (before.status === 'none') return taskIsUnknown;
  const task = before.tasks.find((one) => one.taskId === taskId);
  if (task === undefined) return taskIsUnknown;
  const owner = ownerOf(before);
  return task.doneAt === null
    ? decided(leadTaskDone.of({ leadId: before.leadId, taskId, repId: by ?? owner.repId, teamId: owner.teamId }))
    : decided();
};
