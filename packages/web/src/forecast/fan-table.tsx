import { useTranslations } from 'use-intl';
import { useWriting } from '../company/me.ts';
import { day } from '../format/days.ts';
import { money } from '../format/figures.ts';
import { PlainTable } from '../parts/table/plain-table.tsx';
import type { Column } from '../parts/table/data-table.tsx';
import type { Amount, Forecast } from './forecast-reading.ts';
import type { HistoryDay } from './use-history.ts';

type FanTableProps = {
  readonly forecast: Forecast;
  readonly history: readonly HistoryDay[];
  readonly judgement: Amount | undefined;
  readonly today: string;
};

/** The figures of the fan, day by day, the newest first. */
export const FanTable = ({ forecast, history, judgement, today }: FanTableProps) => {
  const t = useTranslations('forecast.fan');
  const { locale } = useWriting();
  const { booked, p10, p50, p90, quota, enoughFacts } = forecast;
  const rows: readonly HistoryDay[] = [
    { day: today, booked, p10, p50, p90 },
    ...history.filter((each) => each.day < today).toSorted((a, b) => (a.day < b.day ? 1 : -1)),
  ];
  const figure = (id: 'booked' | 'p10' | 'p50' | 'p90'): Column<HistoryDay> => ({
    id,
    head: t(id),
    isNumber: true,
    cell: (row) => money(locale, row[id]),
  });
  return (
    <PlainTable
      label={t('title')}
      rows={rows}
      rowId={(row) => row.day}
      columns={[
        {
          id: 'day',
          head: t('day'),
          isLead: true,
          cell: (row) => (row.day === today ? t('now', { day: day(locale, row.day) }) : day(locale, row.day)),
        },
        figure('booked'),
        figure('p10'),
        figure('p50'),
        figure('p90'),
      ]}
      caption={[
        quota === null || !enoughFacts ? undefined : `${t('target')}: ${money(locale, quota)}`,
        judgement === undefined ? undefined : `${t('judgement')}: ${money(locale, judgement)}`,
      ]
        .filter((line) => line !== undefined)
        .join(' · ')}
    />
  );
};
