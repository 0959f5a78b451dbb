import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { useReadPages } from '../api/use-read-pages.ts';
import type { Item } from '../api/routes.ts';
import { failureOf } from '../api/problem.ts';
import { useFilter } from '../app/filter.ts';
import { useKeys } from '../keyboard/keys.tsx';
import { useWriting } from '../company/me.ts';
import { usePeople } from '../company/people.ts';
import { usePatched } from '../commands/command-context.ts';
import { day, dayOf } from '../format/days.ts';
import { money } from '../format/figures.ts';
import { AmendSheet } from '../opportunity/amend-sheet.tsx';
import { useAccountTitle } from '../opportunity/account-title.ts';
import { LoseSheet } from '../opportunity/lose-sheet.tsx';
import { Button } from '../parts/form/button.tsx';
import { DataTable, type Column } from '../parts/table/data-table.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Bone, Empty } from '../parts/message.tsx';
import type { Freshness } from '../parts/screen.tsx';
import { Tag } from '../parts/figures/tag.tsx';
import { RecordSheet, type Process } from '../record/record-sheet.tsx';
import { isFiltered, noFilter, sharedQuery, statusIn } from './opportunity-query.ts';

type Opportunity = Item<'GET /opportunities'>;
type Doing = { readonly what: 'record' | 'amend' | 'lose'; readonly row: Opportunity };
type ListProps = { readonly processes: readonly Process[]; readonly process: Process; readonly onFresh: (freshness: Freshness) => void };

/** The same opportunities as the board, one a row, with the total that the server has counted. */
export const OpportunityList = ({ processes, process, onFresh }: ListProps) => {
  const t = useTranslations('opportunities');
  const one = useTranslations('opportunity');
  const record = useTranslations('record');
  const shell = useTranslations('shell');
  const language = useLocale();
  const navigate = useNavigate();
  const { locale, zone } = useWriting();
  const people = usePeople();
  const titleOf = useAccountTitle();
  const patched = usePatched();
  const [filter, change] = useFilter();
  const [current, setCurrent] = useState<Opportunity>();
  const [doing, setDoing] = useState<Doing>();
  const reading = useReadPages('GET /opportunities', {
    query: { process: process.processId, status: statusIn(filter), milestone: filter['reached'], ...sharedQuery(filter), limit: 100 },
  });
  const { dataUpdatedAt, isPending, isError } = reading;
  useEffect(() => onFresh({ dataUpdatedAt, isPending, isError }), [dataUpdatedAt, isPending, isError, onFresh]);
  const rows = reading.items?.map((row) => patched(`opportunity:${row.opportunityId}`, row));
  const total = reading.first?.total ?? undefined;
  const act = (what: Doing['what']) => (): void =>
    current === undefined || current.status !== 'open' ? undefined : setDoing({ what, row: current });
  useKeys([
    { keys: 'm', label: record('openShort'), run: act('record') },
    { keys: 'e', label: one('editAmount'), run: act('amend') },
    { keys: 'x', label: one('lose.action'), run: act('lose') },
  ]);
  const lastReached = ({ milestones, processId }: Opportunity): string => {
    const id = milestones.at(-1)?.milestoneId;
    const known = processes.find((each) => each.processId === processId)?.milestones.find((milestone) => milestone.id === id);
    return known?.name[language] ?? id ?? t('noMilestone');
  };
  const columns: readonly Column<Opportunity>[] = [
    {
      id: 'account',
      head: t('columns.account'),
      isLead: true,
      cell: titleOf,
      total: total === undefined ? undefined : t('total', { count: total.count }),
    },
    {
      id: 'amount',
      head: t('columns.amount'),
      isNumber: true,
      cell: ({ amount }) => (amount === null ? <small>{t('noAmount')}</small> : money(locale, amount)),
      total: total === undefined || total.sum === null ? undefined : money(locale, total.sum),
    },
    { id: 'milestone', head: t('columns.milestone'), cell: lastReached },
    { id: 'status', head: t('columns.status'), cell: ({ status }) => <Tag look={status}>{one(`statuses.${status}`)}</Tag> },
    { id: 'segment', head: t('columns.segment'), cell: ({ segment }) => segment },
    { id: 'owner', head: t('columns.owner'), cell: ({ repId }) => people.nameOf(repId) },
    { id: 'opened', head: t('columns.opened'), isNumber: true, cell: ({ openedAt }) => day(locale, dayOf(openedAt, zone)) },
  ];
  if (isError && rows === undefined) {
    const isTooLong = failureOf(reading.error).code === 'list-too-long';
    return isTooLong ? <Empty title={t('tooLong')} /> : <FailureMessage error={reading.error} retry={() => void reading.refetch()} />;
  }
  if (rows === undefined) return <Bone height="30rem" />;
  if (rows.length === 0)
    return isFiltered(filter) ? (
      <Empty title={t('emptyFiltered')} action={<Button onPress={() => change(noFilter)}>{shell('clearFilters')}</Button>} />
    ) : (
      <Empty title={t('empty.title')} text={t('empty.text')} />
    );
  const close = (): void => setDoing(undefined);
  return (
    <>
      <DataTable
        label={t('title')}
        rows={rows}
        columns={columns}
        rowId={({ opportunityId }) => opportunityId}
        onCurrent={setCurrent}
        onOpen={({ opportunityId }) => void navigate({ to: `/opportunities/${opportunityId}` })}
        more={reading.more}
      />
      {doing?.what === 'record' ? (
        <RecordSheet
          opportunity={doing.row}
          version={String(doing.row.version)}
          process={process}
          title={titleOf(doing.row)}
          onClose={close}
        />
      ) : null}
      {doing?.what === 'amend' ? (
        <AmendSheet opportunity={doing.row} version={String(doing.row.version)} title={titleOf(doing.row)} onClose={close} />
      ) : null}
      {doing?.what === 'lose' ? (
        <LoseSheet opportunity={doing.row} version={String(doing.row.version)} title={titleOf(doing.row)} onClose={close} />
      ) : null}
    </>
  );
};
