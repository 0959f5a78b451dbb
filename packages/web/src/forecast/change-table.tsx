import { useTranslations } from 'use-intl';
import { useWriting } from '../company/me.ts';
import { day } from '../format/days.ts';
import { money, signedMoney } from '../format/figures.ts';
import { Bar } from '../parts/figures/bar.tsx';
import type { Column } from '../parts/table/data-table.tsx';
import { PlainTable } from '../parts/table/plain-table.tsx';
import type { Forecast } from './forecast-reading.ts';
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
export const ChangeTable = ({ mean, change }: { readonly mean: Forecast['mean']; readonly change: NonNullable<Forecast['change']> }) => {
  const t = useTranslations('forecast.change');
  const { locale } = useWriting();
  const steps = waterfallOf(change, mean);
  const columns = useStepColumns(change.since, steps);
  return <PlainTable label={t('title', { day: day(locale, change.since) })} rows={steps} rowId={({ id }) => id} columns={columns} />;
};
