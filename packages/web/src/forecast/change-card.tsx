import { useTranslations } from 'use-intl';
import { useRead } from '../api/use-read.ts';
import { useFilter } from '../app/filter.ts';
import { useWriting } from '../app/me.ts';
import { day } from '../format/days.ts';
import { money, signedMoney } from '../format/figures.ts';
import { Bar } from '../parts/bar.tsx';
import { Card } from '../parts/card.tsx';
import type { Column } from '../parts/data-table.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Bone, Empty } from '../parts/message.tsx';
import { Pick } from '../parts/pick.tsx';
import { PlainTable } from '../parts/plain-table.tsx';
import type { Asked, Forecast } from './forecast-reading.ts';
import { scaleOf, waterfallOf, type WaterfallStep } from './waterfall.ts';
import styles from './parts-card.module.css';

const isTotal = ({ id }: WaterfallStep): boolean => id === 'before' || id === 'now';

const toneOf = (step: WaterfallStep) => (isTotal(step) || step.to === step.from ? 'plain' : step.to < step.from ? 'danger' : 'good');

const useStepColumns = (since: string, steps: readonly WaterfallStep[]): readonly Column<WaterfallStep>[] => {
  const t = useTranslations('forecast.change');
  const { locale } = useWriting();
  const scale = scaleOf(steps);
  return [
    {
      id: 'part',
      head: t('part'),
      isLead: true,
      cell: ({ id }) =>
        id === 'before' || id === 'now' ? (
          t(id, { day: day(locale, since) })
        ) : (
          <>
            {t(id)}
            <small className={styles['soft']}>{t(`why.${id}`)}</small>
          </>
        ),
    },
    {
      id: 'bar',
      head: '',
      cell: (step) => <Bar from={step.from} to={step.to} {...scale} tone={toneOf(step)} isHollow={!isTotal(step) && step.to < step.from} />,
    },
    {
      id: 'amount',
      head: t('amount'),
      isNumber: true,
      cell: (step) => (isTotal(step) ? money(locale, step.amount) : signedMoney(locale, step.amount)),
    },
  ];
};

/** The seven parts of a difference, each beginning where the one before has ended. */
const ChangeTable = ({ mean, change }: { readonly mean: Forecast['mean']; readonly change: NonNullable<Forecast['change']> }) => {
  const t = useTranslations('forecast.change');
  const { locale } = useWriting();
  const steps = waterfallOf(change, mean);
  const columns = useStepColumns(change.since, steps);
  return <PlainTable label={t('title', { day: day(locale, change.since) })} rows={steps} rowId={({ id }) => id} columns={columns} />;
};

/** Why the expectation is another one than on a day; the day stands in the address. */
export const ChangeCard = ({ asked, comparable }: { readonly asked: Asked; readonly comparable: readonly string[] }) => {
  const t = useTranslations('forecast.change');
  const { locale } = useWriting();
  const [filter, change] = useFilter();
  const since = comparable.find((each) => each === filter['since']) ?? comparable[0];
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
          onChange={(chosen) => change({ since: chosen === comparable[0] ? undefined : chosen })}
        />
      }
    >
      {reading.isError && forecast === undefined ? <FailureMessage error={reading.error} retry={() => void reading.refetch()} /> : null}
      {forecast === undefined && !reading.isError ? <Bone height="20rem" /> : null}
      {forecast === undefined || forecast.change === null ? null : <ChangeTable mean={forecast.mean} change={forecast.change} />}
    </Card>
  );
};
