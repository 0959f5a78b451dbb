import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Item } from '../api/routes.ts';
import { failureOf } from '../api/problem.ts';
import { useReadPages } from '../api/use-read-pages.ts';
import { useFilter } from '../app/filter.ts';
import { useKeys } from '../keyboard/keys.tsx';
import { useWriting } from '../company/me.ts';
import { usePeople } from '../company/people.ts';
import { count, wholeMoney } from '../format/figures.ts';
import { Button } from '../parts/form/button.tsx';
import { DataTable, type Column } from '../parts/table/data-table.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Bone, Empty } from '../parts/message.tsx';
import { Screen } from '../parts/screen.tsx';
import { AccountFilters } from './account-filters.tsx';
import { accountQuery, isFiltered, noFilter } from './account-query.ts';
import { NewAccountSheet } from './new-account-sheet.tsx';

type Account = Item<'GET /accounts'>;

const useColumns = (): readonly Column<Account>[] => {
  const t = useTranslations('accounts');
  const shell = useTranslations('shell');
  const { locale } = useWriting();
  const people = usePeople();
  return useMemo(
    () => [
      { id: 'name', head: t('columns.name'), isLead: true, cell: ({ name }) => name ?? t('private') },
      { id: 'industry', head: t('columns.industry'), cell: ({ industry }) => industry },
      { id: 'country', head: t('columns.country'), cell: ({ country }) => country },
      { id: 'channel', head: t('columns.channel'), cell: ({ channel }) => t(`channels.${channel}`) },
      {
        id: 'owner',
        head: t('columns.owner'),
        cell: ({ owner }) => (owner === null ? shell('unassigned') : people.nameOf(owner)),
      },
      { id: 'open', head: t('columns.open'), isNumber: true, cell: ({ open }) => count(locale, open.count) },
      {
        id: 'sum',
        head: t('columns.sum'),
        isNumber: true,
        cell: ({ open }) => (open.sum === null || open.count === open.withoutAmount ? '–' : wholeMoney(locale, open.sum)),
      },
    ],
    [t, shell, locale, people],
  );
};

/** Every company and person to whom we sell. */
export const AccountsScreen = () => {
  const t = useTranslations('accounts');
  const shell = useTranslations('shell');
  const navigate = useNavigate();
  const columns = useColumns();
  const [filter, change] = useFilter();
  const [isOpening, setOpening] = useState(false);
  const reading = useReadPages('GET /accounts', { query: accountQuery(filter) });
  const rows = reading.items;
  useKeys([{ keys: 'n', label: t('open.action'), run: () => setOpening(true) }]);
  const isTooLong = reading.isError && failureOf(reading.error).code === 'list-too-long';
  const clear = <Button onPress={() => change(noFilter)}>{shell('clearFilters')}</Button>;
  return (
    <Screen
      title={t('title')}
      under={reading.first === undefined ? undefined : t('total', { count: reading.first.total })}
      freshness={reading}
      filters={<AccountFilters />}
      actions={
        <Button look="primary" hint="N" onPress={() => setOpening(true)}>
          {t('open.action')}
        </Button>
      }
    >
      {isTooLong ? <Empty title={t('tooLong')} /> : null}
      {reading.isError && rows === undefined && !isTooLong ? (
        <FailureMessage error={reading.error} retry={() => void reading.refetch()} />
      ) : null}
      {rows === undefined && !reading.isError ? <Bone height="24rem" /> : null}
      {rows?.length === 0 && !isFiltered(filter) ? <Empty title={t('empty.title')} text={t('empty.text')} /> : null}
      {rows?.length === 0 && isFiltered(filter) ? <Empty title={t('emptyFiltered')} action={clear} /> : null}
      {rows === undefined || rows.length === 0 ? null : (
        <DataTable
          label={t('title')}
          rows={rows}
          columns={columns}
          rowId={({ accountId }) => accountId}
          onOpen={({ accountId }) => void navigate({ to: `/accounts/${accountId}` })}
          more={reading.more}
        />
      )}
      {isOpening ? <NewAccountSheet onClose={() => setOpening(false)} /> : null}
    </Screen>
  );
};
