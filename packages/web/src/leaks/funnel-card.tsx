import { ChevronRight, Droplets } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useWriting } from '../company/me.ts';
import { useProcesses } from '../company/processes.ts';
import { shortDay, daysAfter } from '../format/days.ts';
import { count, share } from '../format/figures.ts';
import type { Flow, Funnel } from './funnels.ts';
import { ShareBar } from './share-bar.tsx';
import styles from './leaks-screen.module.css';

const Step = ({ flow }: { readonly flow: Flow }) => {
  const t = useTranslations('leaks.step');
  const { locale } = useWriting();
  const { milestoneOf } = useProcesses();
  const { processId, milestoneId, nextMilestoneId, observed, reference, leak, immature, dwell, horizonDays } = flow;
  const ratio = observed?.share ?? undefined;
  return (
    <li className={styles['step']} data-leak={leak ? '' : undefined}>
      <h3>
        {milestoneId === null ? t('opened') : milestoneOf(processId, milestoneId)}
        <ChevronRight size={14} aria-label={t('then')} />
        {milestoneOf(processId, nextMilestoneId)}
      </h3>
      {observed === null || ratio === undefined ? (
        <p className={styles['soft']}>{t('immature', { days: horizonDays })}</p>
      ) : (
        <>
          <p className={styles['share']}>
            <strong>{share(locale, ratio.ratio)}</strong>
            {leak ? (
              <span className={styles['leak']}>
                <Droplets size={15} aria-hidden="true" />
                {t('leak')}
              </span>
            ) : null}
          </p>
          <ShareBar
            share={ratio.ratio}
            low={observed.low ?? undefined}
            high={observed.high ?? undefined}
            reference={reference?.share?.ratio}
            isLeak={leak}
          />
          <p className={styles['soft']}>
            {t('counted', { reached: observed.reached, entries: observed.entries })}
            {observed.low === null || observed.high === null
              ? null
              : ` · ${t('bounds', { low: share(locale, observed.low), high: share(locale, observed.high) })}`}
          </p>
          <p className={styles['soft']}>
            {reference?.share === undefined || reference.share === null
              ? t('noReference')
              : t('reference', { share: share(locale, reference.share.ratio), entries: count(locale, reference.entries) })}
          </p>
          {dwell.observed === null ? null : (
            <p className={styles['soft']}>
              {t(dwell.reference === null ? 'dwell' : 'dwellBefore', {
                days: dwell.observed.median,
                before: dwell.reference?.median ?? 0,
              })}
            </p>
          )}
        </>
      )}
      {immature.map(({ from, until, entries, reached }) => (
        <p key={from} className={styles['immature']}>
          {t('young', {
            from: shortDay(locale, from),
            until: shortDay(locale, daysAfter(until, -1)),
            reached: count(locale, reached),
            entries: count(locale, entries),
          })}
        </p>
      ))}
    </li>
  );
};

/** The steps of a process side by side: the share that goes on, what it was before, and what is too young to tell. */
export const FunnelSteps = ({ funnel, label }: { readonly funnel: Funnel; readonly label: string }) => (
  <ol className={styles['steps']} aria-label={label}>
    {funnel.steps.map((flow) => (
      <Step key={flow.milestoneId ?? ''} flow={flow} />
    ))}
  </ol>
);
