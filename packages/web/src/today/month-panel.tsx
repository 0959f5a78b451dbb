import { useTranslations } from 'use-intl';
import { useRead } from '../api/use-read.ts';
import { useMe, useWriting } from '../company/me.ts';
import { usePeriodName } from '../company/period-name.ts';
import { money, share, wholeMoney } from '../format/figures.ts';
import { Facts } from '../parts/figures/facts.tsx';
import { Bone } from '../parts/message.tsx';
import { Card } from '../parts/card.tsx';
import styles from './today-screen.module.css';

/** What the month has brought, beside its target and what the facts promise for its end. */
export const MonthPanel = ({ rep }: { readonly rep: string }) => {
  const t = useTranslations('today.month');
  const me = useMe();
  const { locale } = useWriting();
  const nameOfPeriod = usePeriodName();
  const month = me.calendar.current.month;
  const attainment = useRead('GET /attainment', { query: { node: `rep:${rep}`, period: month.label } }, { rhythm: 'calm' });
  const forecast = useRead('GET /forecasts', { query: { level: 'rep', key: rep, window: 'month' } }, { rhythm: 'calm' });
  const now = attainment.data?.body;
  const expected = forecast.data?.body;
  if (now === undefined && !attainment.isError) return <Bone height="12rem" />;
  if (now === undefined) return null;
  const ratio = now.attainment?.ratio;
  return (
    <Card title={`${t('title')}, ${nameOfPeriod(month)}`}>
      {ratio === undefined ? (
        <p>{t('noTarget')}</p>
      ) : (
        <>
          <span className={styles['bar']}>
            <meter min={0} max={1} value={Math.min(1, ratio)} aria-label={t('share', { share: share(locale, ratio) })} />
          </span>
          <p>{t('share', { share: share(locale, ratio) })}</p>
        </>
      )}
      <Facts
        of={[
          [t('achieved'), money(locale, now.achieved)],
          ...(now.target === null ? [] : [[t('target'), money(locale, now.target)] as const]),
        ]}
      />
      {expected === undefined ? null : (
        <p>
          {expected.enoughFacts
            ? t('range', { low: wholeMoney(locale, expected.p10), mean: wholeMoney(locale, expected.mean) })
            : t('noRange')}
        </p>
      )}
    </Card>
  );
};
