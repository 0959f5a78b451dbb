import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import type { Item } from '../api/routes.ts';
import { useRead } from '../api/use-read.ts';
import { useWriting } from '../app/me.ts';
import { usePeople } from '../app/people.ts';
import { instant } from '../format/days.ts';
import { DataTable, type Column } from '../parts/data-table.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Grade } from '../parts/grade.tsx';
import { Bone, Empty } from '../parts/message.tsx';
import { Screen } from '../parts/screen.tsx';

type Lead = Item<'GET /leads'>;

export const nameOf = ({ person }: Pick<Lead, 'person'>): string | undefined => person.name ?? person.email;

const useColumns = (): readonly Column<Lead>[] => {
  const t = useTranslations('leads');
  const { locale, zone } = useWriting();
  const people = usePeople();
  return useMemo(
    () => [
      { id: 'person', head: t('columns.person'), isLead: true, cell: (lead) => nameOf(lead) ?? t('nameless') },
      { id: 'company', head: t('columns.company'), cell: ({ person }) => person.company },
      { id: 'source', head: t('columns.source'), cell: ({ sourceId }) => sourceId },
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

/** Everybody who showed interest, the newest first. */
export const LeadsScreen = () => {
  const t = useTranslations('leads');
  const navigate = useNavigate();
  const columns = useColumns();
  const reading = useRead('GET /leads', { query: { limit: 100 } });
  const rows = reading.data?.body.items;
  return (
    <Screen title={t('title')} freshness={reading}>
      {reading.isError && rows === undefined ? <FailureMessage error={reading.error} retry={() => void reading.refetch()} /> : null}
      {rows === undefined && !reading.isError ? <Bone height="24rem" /> : null}
      {rows?.length === 0 ? <Empty title={t('empty.title')} text={t('empty.text')} /> : null}
      {rows === undefined || rows.length === 0 ? null : (
        <DataTable
          label={t('title')}
          rows={rows}
          columns={columns}
          rowId={({ leadId }) => leadId}
          onOpen={({ leadId }) => void navigate({ to: `/leads/${leadId}` })}
        />
      )}
    </Screen>
  );
};
