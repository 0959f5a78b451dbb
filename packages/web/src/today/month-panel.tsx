import { useTranslations } from 'use-intl';
import { Recalculated } from '../commands/recalculated.tsx';
import { useRead } from '../api/use-read.ts';
import { useMe, useWriting } from '../company/me.ts';
import { usePeriodName } from '../company/period-name.ts';
import { money, share, valueOf, wholeMoney } from '../format/figures.ts';
import { Bar } from '../parts/figures/bar.tsx';
import { Facts } from '../parts/figures/facts.tsx';
import { Bone } from '../parts/message.tsx';
import { Card } from '../parts/card.tsx';
import { PaceWords } from '../targets/pace-words.tsx';

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
  const { achieved, target, pace } = now;
  return (
    <Card title={`${t('title')}, ${nameOfPeriod(month)}`}>
      <Recalculated />
      {ratio === undefined || target === null ? (
        <p>{t('noTarget')}</p>
      ) : (
        <>
          <Bar
            from={0}
            to={valueOf(achieved)}
            highest={Math.max(1, valueOf(target), valueOf(achieved))}
            tick={valueOf(target)}
            mark={pace === null ? undefined : valueOf(pace.expected)}
          />
          <p>{t('share', { share: share(locale, ratio) })}</p>
          {pace === null ? null : <PaceWords pace={pace} />}
        </>
      )}
      <Facts
        of={[
          [t('achieved'), money(locale, achieved)],
          ...(pace === null ? [] : [[t('expected'), money(locale, pace.expected)] as const]),
          ...(target === null ? [] : [[t('target'), money(locale, target)] as const]),
          ...(pace === null || pace.requiredPerDay === null || valueOf(pace.requiredPerDay) === 0
            ? []
            : [[t('perDay'), money(locale, pace.requiredPerDay)] as const]),
          ...(pace === null || pace.projected === null ? [] : [[t('projected'), money(locale, pace.projected)] as const]),
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
