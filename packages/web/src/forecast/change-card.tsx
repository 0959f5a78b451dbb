import { useTranslations } from 'use-intl';
import { useRead } from '../api/use-read.ts';
import { useFilter } from '../app/filter.ts';
import { useMe, useWriting } from '../company/me.ts';
import { day } from '../format/days.ts';
import { signedMoney } from '../format/figures.ts';
import { Card } from '../parts/card.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Bone, Empty } from '../parts/message.tsx';
import { Pick } from '../parts/form/pick.tsx';
import { ChangeTable } from './change-table.tsx';
import type { Asked } from './forecast-reading.ts';

/** Why the expectation is another one than on a day; the day stands in the address. */
export const ChangeCard = ({ asked, comparable }: { readonly asked: Asked; readonly comparable: readonly string[] }) => {
  const t = useTranslations('forecast.change');
  const { locale } = useWriting();
  const [filter, change] = useFilter();
  const { today } = useMe();
  const usual = comparable.find((each) => each < today) ?? comparable[0];
  const since = comparable.find((each) => each === filter['since']) ?? usual;
  const reading = useRead('GET /forecasts', { query: { ...asked, since } }, { rhythm: 'calm', enabled: since !== undefined });
  const forecast = reading.data?.body;
  if (since === undefined)
    return (
      <Card title={t('titleWithout')}>
        <Empty title={t('none.title')} text={t('none.text')} />
      </Card>
    );
  const difference = forecast?.change === null || forecast === undefined ? undefined : signedMoney(locale, forecast.change.difference);
  return (
    <Card
      title={t('title', { day: day(locale, since) })}
      under={difference === undefined ? t('under') : t('underWith', { difference })}
      isStale={reading.isPlaceholderData}
      actions={
        <Pick
          label={t('pick')}
          isLabelHidden
          value={since}
          groups={[{ options: comparable.map((each) => ({ id: each, label: day(locale, each) })) }]}
          onChange={(chosen) => change({ since: chosen === usual ? undefined : chosen })}
        />
      }
    >
      {reading.isError && forecast === undefined ? <FailureMessage error={reading.error} retry={() => void reading.refetch()} /> : null}
      {forecast === undefined && !reading.isError ? <Bone height="20rem" /> : null}
      {forecast === undefined || forecast.change === null ? null : <ChangeTable mean={forecast.mean} change={forecast.change} />}
    </Card>
  );
};
