import { TriangleAlert } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Recalculated } from '../commands/recalculated.tsx';
import { useWriting } from '../company/me.ts';
import { count, money, valueOf, wholeMoney } from '../format/figures.ts';
import type { Amount, Forecast } from './forecast-reading.ts';
import styles from './figure-sentences.module.css';

const Figure = ({ words, amount, after }: { readonly words: string; readonly amount: Amount; readonly after: string }) => {
  const { locale } = useWriting();
  return (
    <p className={styles['figure']}>
      <span className={styles['words']}>{words}</span>
      <strong title={money(locale, amount)}>{wholeMoney(locale, amount)}</strong>
      <span className={styles['words']}>{after}</span>
    </p>
  );
};

const without = ({ amount, currency }: Amount): Amount => ({ amount: amount.replace('-', ''), currency });

/** The target, what is missing, and how many new opportunities would close the gap. */
const Target = ({ forecast: { quota, gap, requiredNewOpportunities: required, enoughFacts } }: { readonly forecast: Forecast }) => {
  const t = useTranslations('forecast.figures');
  const { locale } = useWriting();
  if (quota === null) return null;
  const isMissed = gap !== null && valueOf(gap) > 0;
  return (
    <div className={styles['figure']}>
      <span className={styles['words']}>{t('target')}</span>
      <strong title={money(locale, quota)}>{wholeMoney(locale, quota)}</strong>
      {!enoughFacts || gap === null ? null : (
        <span className={styles['words']}>
          {t(isMissed ? 'missing' : 'above', { amount: wholeMoney(locale, without(gap)) })}
          {!isMissed || required === null
            ? null
            : ` ${required.count === null ? t('tooLate') : t('required', { count: count(locale, required.count), worth: wholeMoney(locale, required.worthOfOne) })}`}
        </span>
      )}
    </div>
  );
};

/** The forecast in sentences that somebody can say in a meeting. */
export const FigureSentences = ({ forecast, isStale }: { readonly forecast: Forecast; readonly isStale: boolean }) => {
  const t = useTranslations('forecast.figures');
  const { locale } = useWriting();
  const { p10, p50, p90, mean, enoughFacts, basis, gaps = [] } = forecast;
  return (
    <section className={styles['all']} aria-label={t('title')} aria-busy={isStale}>
      <Recalculated />
      <div className={styles['figures']} data-unsure={enoughFacts ? undefined : ''}>
        <Figure words={t('nineInTen')} amount={p10} after={t('p10')} />
        <Figure words={t('halfOfCases')} amount={p50} after={t('p50', { mean: wholeMoney(locale, mean) })} />
        <Figure words={t('oneInTen')} amount={p90} after={t('p90')} />
        <Target forecast={forecast} />
      </div>
      {enoughFacts ? null : (
        <p className={styles['note']}>
          <TriangleAlert size={18} aria-hidden="true" />
          <span>
            <strong>{t('notEnough')}</strong> {t('notEnoughWhy', { wins: basis.wins, windows: basis.endedWindows })}
          </span>
        </p>
      )}
      {gaps.map(({ reason, currency, opportunities }) => (
        <p key={`${reason} ${currency}`} className={styles['note']}>
          <TriangleAlert size={18} aria-hidden="true" />
          {t(`gaps.${reason}`, { count: opportunities, currency })}
        </p>
      ))}
    </section>
  );
};
