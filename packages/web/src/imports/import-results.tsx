import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useWriting } from '../company/me.ts';
import { instant } from '../format/days.ts';
import { count } from '../format/figures.ts';
import { Card } from '../parts/card.tsx';
import { Facts } from '../parts/figures/facts.tsx';
import { Tag } from '../parts/figures/tag.tsx';
import { PlainTable } from '../parts/table/plain-table.tsx';
import type { Rehearsal, Status } from './use-import.ts';

/** The first twenty rows as they would be taken. */
export const RehearsalCard = ({ of: { rows } }: { readonly of: Rehearsal }) => {
  const t = useTranslations('imports');
  const { locale, zone } = useWriting();
  const shown = (read: string | number | null): string => {
    const text = String(read);
    return /^\d{4}-\d\d-\d\dT.*Z$/.test(text) ? instant(locale, text, zone) : text;
  };
  return (
    <Card title={t('rehearsal')} under={t('rehearsalUnder')} isWide>
      <PlainTable
        label={t('rehearsal')}
        rows={rows}
        rowId={({ row }) => String(row)}
        columns={[
          { id: 'row', head: t('row'), isLead: true, cell: ({ row }) => row },
          {
            id: 'cells',
            head: t('read'),
            cell: ({ cells }) =>
              cells
                .filter(({ read, rule }) => read !== null || rule !== null)
                .map(({ column, read, text, rule }) => `${column}: ${rule === null ? shown(read) : `${text} (${rule})`}`)
                .join(' · '),
          },
          {
            id: 'state',
            head: t('state'),
            cell: ({ rejected }) =>
              rejected === null ? (
                <Tag look="good">
                  <CircleCheck size={14} aria-hidden="true" />
                  {t('taken')}
                </Tag>
              ) : (
                <>
                  <Tag look="danger">
                    <TriangleAlert size={14} aria-hidden="true" />
                    {t('refused')}
                  </Tag>{' '}
                  <small>{[rejected.column ?? rejected.field, rejected.rule].filter(Boolean).join(': ')}</small>
                </>
              ),
          },
        ]}
      />
    </Card>
  );
};

/** How far an import is, and which rows were refused by which rule. */
export const StatusCard = ({ of: status }: { readonly of: Status }) => {
  const t = useTranslations('imports');
  const { locale } = useWriting();
  const figures = (['rows', 'created', 'updated', 'unchanged', 'rejected'] as const).map(
    (name) => [t(`figures.${name}`), count(locale, status[name])] as const,
  );
  return (
    <Card title={t(`states.${status.status}`)} isWide>
      <div role="status">
        <Facts of={figures} />
      </div>
      {status.result === null ? null : (
        <p>
          <a href={status.result}>{t('result')}</a>
        </p>
      )}
      {status.rejections.length === 0 ? null : (
        <PlainTable
          label={t('rejections')}
          caption={t('rejections')}
          rows={status.rejections}
          rowId={({ row, field }) => `${row} ${field}`}
          columns={[
            { id: 'row', head: t('row'), isLead: true, cell: ({ row }) => row },
            { id: 'field', head: t('field'), cell: ({ column, field }) => column ?? field },
            { id: 'value', head: t('value'), cell: ({ value }) => value },
            { id: 'rule', head: t('rule'), cell: ({ rule }) => rule },
          ]}
        />
      )}
    </Card>
  );
};
