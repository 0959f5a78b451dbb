import { Droplets } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useWriting } from '../company/me.ts';
import { useProcesses } from '../company/processes.ts';
import { count, share, wholeMoney } from '../format/figures.ts';
import { oneIn, type Flow } from './funnels.ts';
import styles from './leaks-screen.module.css';

/** A drop that chance hardly explains: where, how large, what it costs, and which proof is missing. */
export const LeakCard = ({ flow, where }: { readonly flow: Flow; readonly where: string }) => {
  const t = useTranslations('leaks.card');
  const acts = useTranslations('leaks.acts');
  const { locale } = useWriting();
  const { milestoneOf } = useProcesses();
  const { processId, milestoneId, nextMilestoneId, observed, reference, value, pValue, missingEvidence } = flow;
  const next = milestoneOf(processId, nextMilestoneId);
  const many = pValue === null ? undefined : oneIn(pValue);
  return (
    <article className={styles['card']}>
      <h3>
        <Droplets size={18} aria-hidden="true" />
        {milestoneId === null ? t('titleOpened', { next }) : t('title', { milestone: milestoneOf(processId, milestoneId), next })}
      </h3>
      <p className={styles['soft']}>{where}</p>
      {value === null ? null : (
        <p>
          <strong className={styles['value']}>{wholeMoney(locale, value)}</strong> {t('value')}
        </p>
      )}
      {observed?.share === undefined || observed.share === null || reference?.share === undefined || reference.share === null ? null : (
        <p>{t('drop', { now: share(locale, observed.share.ratio), before: share(locale, reference.share.ratio) })}</p>
      )}
      {many === undefined ? null : <p>{t('chance', { many: count(locale, many) })}</p>}
      {missingEvidence === null ? null : <p>{t('missing', { act: acts(missingEvidence) })}</p>}
    </article>
  );
};
