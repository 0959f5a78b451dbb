import { useNavigate } from '@tanstack/react-router';
import { HandHeart, Hourglass } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useReadPages } from '../api/use-read-pages.ts';
import { useKeys } from '../keyboard/keys.tsx';
import { useWriting } from '../company/me.ts';
import { usePeople } from '../company/people.ts';
import { useProcesses } from '../company/processes.ts';
import { useFilter } from '../app/filter.ts';
import { money } from '../format/figures.ts';
import { useOpportunitiesById } from '../opportunities/opportunities-by-id.ts';
import { useAccountTitle } from '../opportunity/account-title.ts';
import { Button } from '../parts/form/button.tsx';
import { Card } from '../parts/card.tsx';
import { DataTable, type Column } from '../parts/table/data-table.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Bone, Empty } from '../parts/message.tsx';
import { silentCustomers, type Silent } from './silent-customers.ts';
import styles from './leaks-screen.module.css';

const RecordSheet = lazy(async () => ({ default: (await import('../record/record-sheet.tsx')).RecordSheet }));

/** The name of the account; the end of the id where the list that was read does not hold it. */
const useTitle = (): ((silent: Silent) => string) => {
  const titleOf = useAccountTitle();
  return ({ stall, opportunity }) => (opportunity === undefined ? `… ${stall.opportunityId.slice(-6)}` : titleOf(opportunity));
};

const useColumns = (onRecord: (silent: Silent) => void): readonly Column<Silent>[] => {
  const t = useTranslations('leaks.silent');
  const { locale } = useWriting();
  const people = usePeople();
  const processes = useProcesses();
  const titleOf = useTitle();
  return [
    { id: 'account', head: t('account'), isLead: true, cell: titleOf },
    {
      id: 'milestone',
      head: t('milestone'),
      cell: ({ stall: { processId, milestoneId } }) =>
        milestoneId === null ? t('noMilestone') : processes.milestoneOf(processId, milestoneId),
    },
    {
      id: 'silence',
      head: t('silence'),
      isNumber: true,
      cell: ({ stall: { days } }) => (
        <span className={styles['silent']}>
          <Hourglass size={15} aria-hidden="true" />
          {t('days', { days })}
        </span>
      ),
    },
    { id: 'usual', head: t('usual'), isNumber: true, cell: ({ stall: { usualDays } }) => t('daysAtMost', { days: usualDays }) },
    {
      id: 'amount',
      head: t('amount'),
      isNumber: true,
      cell: ({ stall: { amount } }) => (amount === null ? t('noAmount') : money(locale, amount)),
    },
    { id: 'owner', head: t('owner'), cell: ({ stall: { repId } }) => people.nameOf(repId) },
    {
      id: 'record',
      head: '',
      cell: (silent) =>
        silent.opportunity === undefined ? null : (
          <Button look="quiet" hint="M" onPress={() => onRecord(silent)} aria-label={t('recordFor', { account: titleOf(silent) })}>
            <HandHeart size={16} aria-hidden="true" />
            {t('record')}
          </Button>
        ),
    },
  ];
};

type SilentTableProps = { readonly process: string | undefined };

/** Customers who have been silent for longer than nine in ten of those who went on, the longest silence first. */
export const SilentTable = ({ process }: SilentTableProps) => {
  const t = useTranslations('leaks.silent');
  const shell = useTranslations('shell');
  const navigate = useNavigate();
  const [filter, change] = useFilter();
  const { all } = useProcesses();
  const titleOf = useTitle();
  const [current, setCurrent] = useState<Silent>();
  const [recorded, setRecorded] = useState<Silent>();
  const columns = useColumns(setRecorded);
  const asked = { team: filter['team'], owner: filter['owner'] };
  const isFiltered = asked.team !== undefined || asked.owner !== undefined;
  const { items, first, more, isError, error, refetch } = useReadPages('GET /leaks/stalls', { query: { ...asked, process, limit: 50 } });
  const opportunities = useOpportunitiesById((items ?? []).map(({ opportunityId }) => String(opportunityId)));
  useKeys([{ keys: 'm', label: t('record'), run: () => (current?.opportunity === undefined ? undefined : setRecorded(current)) }]);
  const rows = silentCustomers(items ?? [], [...opportunities.values()], asked);
  const found = all.find(({ processId }) => processId === recorded?.stall.processId);
  return (
    <Card title={t('title')} isWide under={t('under', { count: first?.total ?? 0 })}>
      {isError && items === undefined ? <FailureMessage error={error} retry={() => void refetch()} /> : null}
      {items === undefined ? (
        isError ? null : (
          <Bone height="20rem" />
        )
      ) : rows.length > 0 ? (
        <DataTable
          label={t('title')}
          rows={rows}
          columns={columns}
          rowId={({ stall }) => stall.opportunityId}
          onOpen={({ stall }) => void navigate({ to: `/opportunities/${stall.opportunityId}` })}
          onCurrent={setCurrent}
          more={more}
        />
      ) : isFiltered ? (
        <Empty
          title={t('noneFiltered')}
          action={<Button onPress={() => change({ team: undefined, owner: undefined })}>{shell('clearFilters')}</Button>}
        />
      ) : (
        <Empty title={t('none.title')} text={t('none.text')} />
      )}
      <Suspense fallback={null}>
        {recorded?.opportunity === undefined || found === undefined ? null : (
          <RecordSheet
            opportunity={recorded.opportunity}
            version={String(recorded.opportunity.version)}
            process={found}
            title={titleOf(recorded)}
            onClose={() => setRecorded(undefined)}
          />
        )}
      </Suspense>
    </Card>
  );
};
