import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useMe, useWriting } from '../company/me.ts';
import { useProcesses } from '../company/processes.ts';
import { mayEnter, sections } from '../app/sections.ts';
import { count, money, valueOf } from '../format/figures.ts';
import { Bar } from '../parts/figures/bar.tsx';
import { Card } from '../parts/card.tsx';
import type { Column } from '../parts/table/data-table.tsx';
import { PlainTable } from '../parts/table/plain-table.tsx';
import { listOf, partsOf, type ForecastPart } from './forecast-parts.ts';
import type { Forecast } from './forecast-reading.ts';
import styles from './parts-card.module.css';

type PartsCardProps = { readonly forecast: Forecast; readonly isStale: boolean };

const useNames = (forecast: Forecast): ((part: ForecastPart) => string) => {
  const t = useTranslations('forecast.parts');
  const processes = useProcesses();
  const hasSeveral = new Set(forecast.existing.byMilestone.map(({ processId }) => processId)).size > 1;
  return (part) => {
    if (part.kind !== 'milestone') return t(part.kind);
    const { processId, milestoneId } = part;
    const milestone = milestoneId === null ? t('noMilestone') : processes.milestoneOf(processId, milestoneId);
    return hasSeveral ? `${milestone} (${processes.nameOf(processId)})` : milestone;
  };
};

const useColumns = (forecast: Forecast, rows: readonly ForecastPart[]): readonly Column<ForecastPart>[] => {
  const t = useTranslations('forecast.parts');
  const { locale } = useWriting();
  const nameOf = useNames(forecast);
  const { roles } = useMe();
  const mayOpen = sections.some((section) => section.id === 'opportunities' && mayEnter(section, roles));
  const highest = Math.max(1, ...rows.map(({ amount }) => valueOf(amount)));
  const lowest = Math.min(0, ...rows.map(({ amount }) => valueOf(amount)));
  return [
    {
      id: 'part',
      head: t('part'),
      isLead: true,
      cell: (part) => <span className={part.kind === 'milestone' ? styles['under'] : undefined}>{nameOf(part)}</span>,
      total: t('mean'),
    },
    {
      id: 'count',
      head: t('opportunities'),
      isNumber: true,
      cell: (part) =>
        part.kind === 'milestone' ? (
          <span>
            {mayOpen && part.opportunities > 0 ? (
              <Link to="/opportunities" search={listOf(forecast.node, part)} title={t('open')}>
                {count(locale, part.opportunities)}
              </Link>
            ) : (
              count(locale, part.opportunities)
            )}
            {part.withoutAmount === 0 ? null : <span className={styles['soft']}>{t('withoutAmount', { count: part.withoutAmount })}</span>}
          </span>
        ) : null,
    },
    {
      id: 'bar',
      head: '',
      cell: ({ amount, kind }) => (
        <Bar
          from={0}
          to={valueOf(amount)}
          lowest={lowest}
          highest={highest}
          isHollow={kind !== 'booked'}
          tone={kind === 'future' ? 'plain' : 'figure'}
        />
      ),
    },
    { id: 'amount', head: t('expected'), isNumber: true, cell: ({ amount }) => money(locale, amount), total: money(locale, forecast.mean) },
  ];
};

/** What the expectation consists of: booked, what is open milestone by milestone, and what customers will bring who are not known yet. */
export const PartsCard = ({ forecast, isStale }: PartsCardProps) => {
  const t = useTranslations('forecast.parts');
  const { locale } = useWriting();
  const rows = partsOf(forecast);
  const columns = useColumns(forecast, rows);
  return (
    <Card title={t('title')} under={t('under')} isStale={isStale}>
      <PlainTable label={t('title')} rows={rows} rowId={({ id }) => id} columns={columns} />
      <p className={styles['soft']}>{t('existingTotal', { amount: money(locale, forecast.existing.total) })}</p>
    </Card>
  );
};
