import type { LeadLine } from '@meilenstein/contracts';
import type { Instant } from '@meilenstein/kernel';
import type { LeadTask } from '../../follow-up/domain/lead-follow-up.ts';
import type { CapturedLead } from '../../lead/domain/lead.ts';
import { explainServiceLevel } from '../../service-levels/domain/explain-service-level.ts';

/** A lead with its version and what lists call it. */
type TitledLead = { readonly lead: CapturedLead; readonly version: number; readonly title: string | null };

type Line = Pick<LeadLine, 'dueAt' | 'reason'>;
type TitleOfTask = (task: LeadTask) => string | undefined;

const answerLine = (lead: CapturedLead, now: Instant): readonly Line[] => {
  const level = explainServiceLevel(lead, now, 'en');
  if (level === null || level.dueAt === null || level.minutesLeft === null) return [];
  const { state, dueAt, minutesLeft: minutes } = level;
  if (state === 'missed') return [{ dueAt, reason: { code: 'answer-missed', minutes } }];
  return state === 'running' ? [{ dueAt, reason: { code: 'answer-due', minutes } }] : [];
};

const taskLine = ({ dueAt, taskId, ...task }: LeadTask, title: string | undefined): Line =>
  task.step === null
    ? { dueAt, reason: { code: 'escalated', taskId } }
    : { dueAt, reason: { code: 'task-due', taskId, title: title ?? '' } };

const taskLines = ({ tasks }: CapturedLead, whose: LeadTask['whose'], until: Instant, titleOf: TitleOfTask): readonly Line[] =>
  tasks.filter((task) => task.whose === whose && task.doneAt === null && task.dueAt < until).map((task) => taskLine(task, titleOf(task)));

const queueLine = ({ queue }: CapturedLead, now: Instant): readonly Line[] =>
  queue === null
    ? []
    : [{ dueAt: queue.dueAt, reason: { code: 'waiting-in-queue', queueId: queue.queueId, isOverdue: queue.dueAt <= now } }];

/** The leads that concern a rep: their own, those in queues that they may pick from, and those with escalations to them as a manager. */
export type LeadsOfDay = {
  readonly own: readonly TitledLead[];
  readonly waiting: readonly TitledLead[];
  readonly escalated: readonly TitledLead[];
};

/**
 * What a rep has to do about leads until the end of the day, the earliest due first. Answers are listed whatever their day, because each is
 * owed already.
 */
export const leadLines = (
  { own, waiting, escalated }: LeadsOfDay,
  { now, until, titleOf }: { readonly now: Instant; readonly until: Instant; readonly titleOf: TitleOfTask },
): readonly LeadLine[] => {
  const linesOf = (leads: readonly TitledLead[], lines: (lead: CapturedLead) => readonly Line[]): readonly LeadLine[] =>
    leads.flatMap(({ lead, version, title }) => lines(lead).map((line) => ({ leadId: lead.leadId, title, version, ...line })));
  return [
    ...linesOf(own, (lead) => [...answerLine(lead, now), ...taskLines(lead, 'owner', until, titleOf)]),
    ...linesOf(waiting, (lead) => queueLine(lead, now)),
    ...linesOf(escalated, (lead) => taskLines(lead, 'managers', until, titleOf)),
  ].toSorted((a, b) => (a.dueAt === b.dueAt ? (a.leadId < b.leadId ? -1 : 1) : a.dueAt < b.dueAt ? -1 : 1));
};
