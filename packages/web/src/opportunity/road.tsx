import { Check } from 'lucide-react';
import { useLocale, useTranslations } from 'use-intl';
import type { Answer } from '../api/routes.ts';
import { useWriting } from '../company/me.ts';
import { day, dayOf } from '../format/days.ts';
import type { Process } from '../record/record-sheet.tsx';
import { stepsOf } from './milestone-steps.ts';
import styles from './road.module.css';

type Opportunity = Answer<'GET /opportunities/{opportunityId}'>;

/** The stations of the process: where the customer has been, and what is ahead. */
export const Road = ({ opportunity, process }: { readonly opportunity: Opportunity; readonly process: Process }) => {
  const t = useTranslations('opportunity');
  const record = useTranslations('record');
  const language = useLocale();
  const { locale, zone } = useWriting();
  const { milestones: reached, openedAt, nextMilestoneId } = opportunity;
  const steps = stepsOf(process.milestones, { reached, openedAt, nextMilestoneId, zone });
  return (
    <ol className={styles['road']} aria-label={t('road')}>
      {steps.map(({ milestone, reached: own, days, isNext }) => (
        <li
          key={milestone.id}
          className={styles['step']}
          data-reached={own === undefined ? undefined : ''}
          data-next={isNext ? '' : undefined}
          aria-current={isNext ? 'step' : undefined}
        >
          <span className={styles['dot']} aria-hidden="true">
            {own === undefined ? null : <Check size={14} strokeWidth={3} />}
          </span>
          <strong>{milestone.name[language]}</strong>
          {own === undefined ? (
            <small>{t('ahead')}</small>
          ) : (
            <>
              <small>{t('reachedOn', { day: day(locale, dayOf(own.occurredAt, zone)), channel: record(`channels.${own.channel}`) })}</small>
              <small>{t('daysBetween', { count: days ?? 0 })}</small>
            </>
          )}
        </li>
      ))}
    </ol>
  );
};
