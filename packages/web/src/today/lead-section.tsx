import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useGive, useGiveCommand } from '../commands/command-context.ts';
import { giveOnLead, type LeadTarget } from '../lead/lead-commands.ts';
import { LeadSheet } from '../lead/lead-sheets.tsx';
import { Button } from '../parts/form/button.tsx';
import { Deadline } from '../parts/figures/deadline.tsx';
import type { LeadLine } from './day-lines.ts';
import styles from './today-screen.module.css';

const shownAtFirst = 12;

const useReason = (): ((line: LeadLine) => string) => {
  const t = useTranslations('today.reasons');
  return ({ reason }) => {
    if (reason.code === 'answer-due') return t('answerDue');
    if (reason.code === 'answer-missed') return t('answerMissed');
    if (reason.code === 'escalated') return t('escalated');
    if (reason.code === 'task-due') return t('task', { title: reason.title });
    return t(reason.isOverdue ? 'queueOverdue' : 'queue', { queue: reason.queueId });
  };
};

const Clock = ({ line: { reason, dueAt } }: { readonly line: LeadLine }) =>
  reason.code === 'answer-due' || reason.code === 'answer-missed' ? (
    <Deadline service={{ state: reason.code === 'answer-due' ? 'running' : 'missed', dueAt, minutesLeft: reason.minutes }} />
  ) : null;

/** Lines about leads; the button on the right finishes one. */
export const LeadSection = ({ title, lines }: { readonly title: string; readonly lines: readonly LeadLine[] }) => {
  const t = useTranslations('today');
  const leads = useTranslations('leads');
  const lead = useTranslations('lead');
  const reasonOf = useReason();
  const give = useGive();
  const giveCommand = useGiveCommand();
  const [answering, setAnswering] = useState<LeadTarget>();
  const [isWhole, setWhole] = useState(false);
  if (lines.length === 0) return null;
  const targetOf = ({ leadId, version, title: name }: LeadLine): LeadTarget => ({
    leadId,
    version: String(version),
    name: name ?? leads('nameless'),
  });
  const finish = (line: LeadLine): void => {
    const { reason } = line;
    const target = targetOf(line);
    if (reason.code === 'waiting-in-queue') return giveOnLead(giveCommand, target)('POST /leads/{leadId}/pick', {});
    if (reason.code === 'task-due' || reason.code === 'escalated')
      return give({
        key: 'POST /tasks/{taskId}/done',
        request: { path: { taskId: reason.taskId }, body: {} },
        entity: `task:${reason.taskId}`,
        patch: {},
        message: { text: 'taskDone', values: { task: `${target.name}: ${reasonOf(line)}` } },
      });
    setAnswering(target);
  };
  const label = ({ reason }: LeadLine): string => {
    if (reason.code === 'waiting-in-queue') return t('pick');
    return reason.code === 'task-due' || reason.code === 'escalated' ? t('done') : lead('answered');
  };
  const shown = isWhole ? lines : lines.slice(0, shownAtFirst);
  return (
    <section className={styles['section']}>
      <h2>
        {title} <small>{lines.length}</small>
      </h2>
      <ul className={styles['list']}>
        {shown.map((line) => (
          <li key={`${line.leadId} ${line.reason.code} ${'taskId' in line.reason ? line.reason.taskId : ''}`} className={styles['line']}>
            <span className={styles['who']}>
              <Link to={`/leads/${line.leadId}`}>{line.title ?? leads('nameless')}</Link>
              <Clock line={line} />
            </span>
            <span className={styles['why']}>{reasonOf(line)}</span>
            <span className={styles['actions']}>
              <Button onPress={() => finish(line)}>{label(line)}</Button>
            </span>
          </li>
        ))}
      </ul>
      {shown.length === lines.length ? null : (
        <Button look="quiet" onPress={() => setWhole(true)}>
          {t('more', { count: lines.length - shown.length })}
        </Button>
      )}
      {answering === undefined ? null : <LeadSheet kind="answer" target={answering} onClose={() => setAnswering(undefined)} />}
    </section>
  );
};
