import { lazy, Suspense, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useMe, useWriting } from '../company/me.ts';
import { useKeys } from '../keyboard/keys.tsx';
import { day } from '../format/days.ts';
import { money, valueOf, wholeMoney } from '../format/figures.ts';
import { Button } from '../parts/form/button.tsx';
import { Card } from '../parts/card.tsx';
import { Bone } from '../parts/message.tsx';
import { FanTable } from './fan-table.tsx';
import type { Amount, Forecast } from './forecast-reading.ts';
import type { HistoryDay } from './use-history.ts';

const Fan = lazy(async () => ({ default: (await import('./fan.tsx')).Fan }));

type FanCardProps = {
  readonly forecast: Forecast;
  readonly history: readonly HistoryDay[];
  readonly judgement: Amount | undefined;
  readonly isStale: boolean;
};

/** How the forecast has developed in this window, and what is still open; as a picture, or as a table with the same figures. */
export const FanCard = ({ forecast, history, judgement, isStale }: FanCardProps) => {
  const t = useTranslations('forecast.fan');
  const me = useMe();
  const { locale } = useWriting();
  const [isTable, setIsTable] = useState(false);
  useKeys([{ keys: 'v', label: t(isTable ? 'asPicture' : 'asTable'), run: () => setIsTable((before) => !before) }]);
  const { window, p10, p50, p90, booked, quota, enoughFacts } = forecast;
  const last = wholeMoney(locale, p50);
  const sentence = t('sentence', {
    from: day(locale, window.from),
    low: wholeMoney(locale, p10),
    middle: last,
    high: wholeMoney(locale, p90),
    booked: money(locale, booked),
  });
  return (
    <Card
      title={t('title')}
      under={t(history.length === 0 ? 'underWithout' : 'under')}
      isWide
      isStale={isStale}
      actions={
        <Button onPress={() => setIsTable(!isTable)} hint="V">
          {t(isTable ? 'asPicture' : 'asTable')}
        </Button>
      }
    >
      {isTable ? (
        <FanTable forecast={forecast} history={history} judgement={judgement} today={me.today} />
      ) : (
        <figure>
          <Suspense fallback={<Bone height="21.25rem" />}>
            <Fan
              input={{
                from: window.from,
                until: window.until,
                today: me.today,
                snapshots: history.map((each) => ({
                  day: each.day,
                  booked: valueOf(each.booked),
                  p10: valueOf(each.p10),
                  p50: valueOf(each.p50),
                  p90: valueOf(each.p90),
                })),
                now: { booked: valueOf(booked), p10: valueOf(p10), p50: valueOf(p50), p90: valueOf(p90) },
                target: quota === null || !enoughFacts ? undefined : valueOf(quota),
                judgement: judgement === undefined ? undefined : valueOf(judgement),
              }}
              words={{
                p10: t('p10'),
                p50: t('p50'),
                p90: t('p90'),
                booked: t('booked'),
                target: t('target'),
                judgement: t('judgement'),
                today: t('today'),
                earlier: t('earlier'),
              }}
              sentence={sentence}
              locale={locale}
              currency={p50.currency}
              isUnsure={!enoughFacts}
            />
          </Suspense>
          <figcaption className="only-spoken">{sentence}</figcaption>
        </figure>
      )}
    </Card>
  );
};
