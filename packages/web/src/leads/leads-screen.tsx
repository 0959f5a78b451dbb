import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Item } from '../api/routes.ts';
import { useReadPages } from '../api/use-read-pages.ts';
import { useFilter } from '../app/filter.ts';
import { useKeys } from '../keyboard/keys.tsx';
import { useMe, useWriting } from '../company/me.ts';
import { usePeople } from '../company/people.ts';
import { usePatched } from '../commands/command-context.ts';
import { instant } from '../format/days.ts';
import { LeadSheet, type LeadSheetKind } from '../lead/lead-sheets.tsx';
import { Button } from '../parts/form/button.tsx';
import { DataTable, type Column } from '../parts/table/data-table.tsx';
import { Deadline } from '../parts/figures/deadline.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Grade } from '../parts/figures/grade.tsx';
import { Bone, Empty } from '../parts/message.tsx';
import { Screen } from '../parts/screen.tsx';
import { SavedViews } from '../views/saved-views.tsx';
import { LeadFilters } from './lead-filters.tsx';
import { isFiltered, leadQuery, noFilter } from './lead-query.ts';

type Lead = Item<'GET /leads'>;

const useColumns = (): readonly Column<Lead>[] => {
  const t = useTranslations('leads');
  const { locale, zone } = useWriting();
  const people = usePeople();
  return useMemo(
    () => [
      { id: 'person', head: t('columns.person'), isLead: true, cell: ({ title }) => title ?? t('nameless') },
      { id: 'company', head: t('columns.company'), cell: ({ person }) => person.company },
      { id: 'deadline', head: t('columns.deadline'), cell: ({ service }) => <Deadline service={service} /> },
      { id: 'grade', head: t('columns.grade'), cell: ({ grade, score }) => <Grade grade={grade} score={score} /> },
      { id: 'status', head: t('columns.status'), cell: ({ status }) => t(`statuses.${status}`) },
      {
        id: 'owner',
        head: t('columns.owner'),
        cell: ({ owner, queue }) => (owner === null ? queue && t('inQueue', { queue: queue.queueId }) : people.nameOf(owner.repId)),
      },
      { id: 'captured', head: t('columns.captured'), isNumber: true, cell: ({ capturedAt }) => instant(locale, capturedAt, zone) },
    ],
    [t, locale, zone, people],
  );
};

/** Everybody who showed interest: those whose deadline is next come first. */
export const LeadsScreen = () => {
  const t = useTranslations('leads');
  const lead = useTranslations('lead');
  const shell = useTranslations('shell');
  const navigate = useNavigate();
  const me = useMe();
  const columns = useColumns();
  const patched = usePatched();
  const [filter, change] = useFilter();
  const [current, setCurrent] = useState<Lead>();
  const [open, setOpen] = useState<{ readonly kind: LeadSheetKind; readonly row: Lead }>();
  const reading = useReadPages('GET /leads', { query: leadQuery(filter, me.repId) });
  const rows = reading.items?.map((row) => patched(`lead:${row.leadId}`, row));
  const show = (kind: LeadSheetKind) => (): void => (current === undefined ? undefined : setOpen({ kind, row: current }));
  const mayAssign = me.roles.some((role) => role !== 'rep');
  useKeys([
    { keys: 'a', label: lead('answered'), run: show('answer') },
    { keys: 'q', label: lead('actions.qualify'), run: show('qualify') },
    { keys: 'v', label: lead('actions.convert'), run: show('convert') },
    { keys: 'x', label: lead('actions.disqualify'), run: show('disqualify') },
    ...(mayAssign ? [{ keys: 'z', label: lead('actions.assign'), run: show('assign') }] : []),
  ]);
  const total = reading.first?.total;
  const clear = <Button onPress={() => change(noFilter)}>{shell('clearFilters')}</Button>;
  return (
    <Screen
      title={t('title')}
      under={total === null || total === undefined ? undefined : t('total', { count: total })}
      freshness={reading}
      filters={
        <>
          <SavedViews list="leads" />
          <LeadFilters />
        </>
      }
    >
      {reading.isError && rows === undefined ? <FailureMessage error={reading.error} retry={() => void reading.refetch()} /> : null}
      {rows === undefined && !reading.isError ? <Bone height="24rem" /> : null}
      {rows?.length === 0 && !isFiltered(filter) ? <Empty title={t('empty.title')} text={t('empty.text')} /> : null}
      {rows?.length === 0 && isFiltered(filter) ? <Empty title={t('emptyFiltered.title')} action={clear} /> : null}
      {rows === undefined || rows.length === 0 ? null : (
        <DataTable
          label={t('title')}
          rows={rows}
          columns={columns}
          rowId={({ leadId }) => leadId}
          onCurrent={setCurrent}
          onOpen={({ leadId }) => void navigate({ to: `/leads/${leadId}` })}
          more={reading.more}
        />
      )}
      {open === undefined ? null : (
        <LeadSheet
          kind={open.kind}
          target={{ leadId: open.row.leadId, version: String(open.row.version), name: open.row.title ?? t('nameless') }}
          onClose={() => setOpen(undefined)}
        />
      )}
    </Screen>
  );
};
