import { useNavigate } from '@tanstack/react-router';
import { HandHeart, Hourglass } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Item } from '../api/routes.ts';
import { useRead } from '../api/use-read.ts';
import { useKeys } from '../app/keys.tsx';
import { useWriting } from '../app/me.ts';
import { usePeople } from '../app/people.ts';
import { useProcesses } from '../app/processes.ts';
import { money, wholeMoney } from '../format/figures.ts';
import { useAccountTitle } from '../opportunity/account-title.ts';
import { Button } from '../parts/button.tsx';
import { Card } from '../parts/card.tsx';
import { DataTable, type Column } from '../parts/data-table.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Bone, Empty } from '../parts/message.tsx';
import styles from './leaks-screen.module.css';

const RecordSheet = lazy(async () => ({ default: (await import('../record/record-sheet.tsx')).RecordSheet }));

type Opportunity = Item<'GET /opportunities'>;

const useColumns = (onRecord: (opportunity: Opportunity) => void): readonly Column<Opportunity>[] => {
  const t = useTranslations('leaks.silent');
  const { locale } = useWriting();
  const people = usePeople();
  const processes = useProcesses();
  const titleOf = useAccountTitle();
  return [
    { id: 'account', head: t('account'), isLead: true, cell: (each) => titleOf(each) },
    {
      id: 'milestone',
      head: t('milestone'),
      cell: ({ processId, milestones }) => {
        const last = milestones.at(-1);
        return last === undefined ? t('noMilestone') : processes.milestoneOf(processId, last.milestoneId);
      },
    },
    {
      id: 'silence',
      head: t('silence'),
      isNumber: true,
      cell: ({ silence }) =>
        silence === null ? null : (
          <span className={styles['silent']}>
            <Hourglass size={15} aria-hidden="true" />
            {t('days', { days: silence.days })}
          </span>
        ),
    },
    {
      id: 'usual',
      head: t('usual'),
      isNumber: true,
      cell: ({ silence }) =>
        silence?.usualDays === undefined || silence.usualDays === null ? null : t('daysAtMost', { days: silence.usualDays }),
    },
    {
      id: 'amount',
      head: t('amount'),
      isNumber: true,
      cell: ({ amount }) => (amount === null ? t('noAmount') : money(locale, amount)),
    },
    { id: 'owner', head: t('owner'), cell: ({ repId }) => people.nameOf(repId) },
    {
      id: 'record',
      head: '',
      cell: (each) => (
        <Button look="quiet" hint="M" onPress={() => onRecord(each)} aria-label={t('recordFor', { account: titleOf(each) })}>
          <HandHeart size={16} aria-hidden="true" />
          {t('record')}
        </Button>
      ),
    },
  ];
};

/** Customers who have been silent for longer than nine in ten of those who went on, the longest silence first. */
export const SilentTable = ({
  process,
  query,
}: {
  readonly process: string | undefined;
  readonly query: Readonly<Record<string, string | undefined>>;
}) => {
  const t = useTranslations('leaks.silent');
  const navigate = useNavigate();
  const { locale } = useWriting();
  const { all } = useProcesses();
  const titleOf = useAccountTitle();
  const [current, setCurrent] = useState<Opportunity>();
  const [recorded, setRecorded] = useState<Opportunity>();
  const columns = useColumns(setRecorded);
  const reading = useRead('GET /opportunities', {
    query: { ...query, process, status: 'open', stalled: 'true', sort: 'silence', limit: 100 },
  });
  useKeys([{ keys: 'm', label: t('record'), run: () => (current === undefined ? undefined : setRecorded(current)) }]);
  const rows = reading.data?.body.items;
  const total = reading.data?.body.total;
  const found = all.find(({ processId }) => processId === recorded?.processId);
  return (
    <Card
      title={t('title')}
      isWide
      under={
        total === undefined || total === null
          ? t('under')
          : t('total', {
              count: total.count,
              sum: total.sum === null ? '–' : wholeMoney(locale, total.sum),
              withoutAmount: total.withoutAmount,
            })
      }
      isStale={reading.isPlaceholderData}
    >
      {reading.isError && rows === undefined ? <FailureMessage error={reading.error} retry={() => void reading.refetch()} /> : null}
      {rows === undefined && !reading.isError ? <Bone height="16rem" /> : null}
      {rows?.length === 0 ? <Empty title={t('none.title')} text={t('none.text')} /> : null}
      {rows === undefined || rows.length === 0 ? null : (
        <DataTable
          label={t('title')}
          rows={rows}
          columns={columns}
          rowId={({ opportunityId }) => opportunityId}
          onOpen={({ opportunityId }) => void navigate({ to: `/opportunities/${opportunityId}` })}
          onCurrent={setCurrent}
        />
      )}
      <Suspense fallback={null}>
        {recorded === undefined || found === undefined ? null : (
          <RecordSheet
            opportunity={recorded}
            version={String(recorded.version)}
            process={found}
            title={titleOf(recorded)}
            onClose={() => setRecorded(undefined)}
          />
        )}
      </Suspense>
    </Card>
  );
};
