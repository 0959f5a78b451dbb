import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslations } from 'use-intl';
import { useMe, useWriting } from '../company/me.ts';
import { useProcesses } from '../company/processes.ts';
import { useFilter, type Filter } from '../app/filter.ts';
import { mayEnter, sections } from '../app/sections.ts';
import { count, money, valueOf } from '../format/figures.ts';
import { Bar } from '../parts/figures/bar.tsx';
import { Card } from '../parts/card.tsx';
import type { Column } from '../parts/table/data-table.tsx';
import { PlainTable } from '../parts/table/plain-table.tsx';
import { partId, partIn, partsOf, type ForecastPart, type PartOfExisting } from './forecast-parts.ts';
import type { Asked, Forecast } from './forecast-reading.ts';
import styles from './parts-card.module.css';

const PartSheet = lazy(async () => ({ default: (await import('./part-sheet.tsx')).PartSheet }));

type PartsCardProps = { readonly asked: Asked; readonly forecast: Forecast; readonly isStale: boolean };

/** Opens the opportunities behind a part; the part stands in the address. */
const PartLink = ({ part, children }: { readonly part: PartOfExisting; readonly children: string }) => {
  const t = useTranslations('forecast.parts');
  return (
    <Link to="." search={(before: Filter) => ({ ...before, part: partId(part) })} replace resetScroll={false} title={t('open')}>
      {children}
    </Link>
  );
};

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

const useMayOpen = (): boolean => {
  const { roles } = useMe();
  return sections.some((section) => section.id === 'opportunities' && mayEnter(section, roles));
};

const useColumns = (forecast: Forecast, rows: readonly ForecastPart[]): readonly Column<ForecastPart>[] => {
  const t = useTranslations('forecast.parts');
  const { locale } = useWriting();
  const nameOf = useNames(forecast);
  const mayOpen = useMayOpen();
  const highest = Math.max(1, ...rows.map(({ amount }) => valueOf(amount)));
  const lowest = Math.min(0, ...rows.map(({ amount }) => valueOf(amount)));
  return [
    {
      id: 'part',
      head: t('part'),
      isLead: true,
      cell: (part) =>
        part.kind === 'milestone' ? (
          <span className={styles['under']}>
            {mayOpen && part.opportunities > 0 ? <PartLink part={part}>{nameOf(part)}</PartLink> : nameOf(part)}
          </span>
        ) : (
          nameOf(part)
        ),
      total: t('mean'),
    },
    {
      id: 'count',
      head: t('opportunities'),
      isNumber: true,
      cell: (part) =>
        part.kind === 'milestone' ? (
          <span>
            {count(locale, part.opportunities)}
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
export const PartsCard = ({ asked, forecast, isStale }: PartsCardProps) => {
  const t = useTranslations('forecast.parts');
  const { locale } = useWriting();
  const rows = partsOf(forecast);
  const columns = useColumns(forecast, rows);
  const nameOf = useNames(forecast);
  const mayOpen = useMayOpen();
  const [filter, change] = useFilter();
  const part = mayOpen ? partIn(filter['part']) : undefined;
  const shown =
    part === undefined ? undefined : rows.find((row) => row.kind === 'milestone' && part !== 'all' && partId(row) === partId(part));
  return (
    <Card title={t('title')} under={t('under')} isStale={isStale}>
      <PlainTable label={t('title')} rows={rows} rowId={({ id }) => id} columns={columns} />
      <p className={styles['soft']}>
        {t('existingTotal', { amount: money(locale, forecast.existing.total) })}{' '}
        {mayOpen && forecast.existing.byMilestone.length > 0 ? <PartLink part="all">{t('openAll')}</PartLink> : null}
      </p>
      <Suspense fallback={null}>
        {part === undefined ? null : (
          <PartSheet
            asked={asked}
            part={part}
            title={shown === undefined ? t('existing') : nameOf(shown)}
            onClose={() => change({ part: undefined })}
          />
        )}
      </Suspense>
    </Card>
  );
};
