import { useTranslations } from 'use-intl';
import { useRead } from '../api/use-read.ts';
import { useWriting } from '../company/me.ts';
import { day, dayOf } from '../format/days.ts';
import { isoNow } from '../format/server-time.ts';
import { count } from '../format/figures.ts';
import { Card } from '../parts/card.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Bone } from '../parts/message.tsx';
import { PlainTable } from '../parts/table/plain-table.tsx';
import { BalanceTag, ReconciliationBar, ReconciliationParts } from '../sources/reconciliation-bar.tsx';
import styles from './source-screen.module.css';

/** What came in on each of the last days, and that nothing of it was lost. */
export const DaysCard = ({ sourceId }: { readonly sourceId: string }) => {
  const t = useTranslations('source.days');
  const sources = useTranslations('sources');
  const { locale } = useWriting();
  // Submissions are counted by days in UTC, because a sender repeats its deliveries across midnight of any zone.
  const until = dayOf(isoNow(), 'UTC');
  const reading = useRead('GET /sources/{sourceId}/reconciliations', { path: { sourceId }, query: { until, days: 7 } });
  const rows = reading.data?.body.items;
  return (
    <Card title={t('title')} under={t('under')} isWide>
      {reading.isError && rows === undefined ? <FailureMessage error={reading.error} retry={() => void reading.refetch()} /> : null}
      {rows === undefined && !reading.isError ? <Bone height="14rem" /> : null}
      {rows === undefined ? null : (
        <PlainTable
          label={t('title')}
          rows={rows}
          rowId={(row) => row.day}
          isMuted={({ received, balanced }) => received === 0 && balanced}
          columns={[
            { id: 'day', head: t('day'), isLead: true, cell: (row) => day(locale, row.day) },
            { id: 'received', head: sources('received'), isNumber: true, cell: ({ received }) => count(locale, received) },
            {
              id: 'became',
              head: t('became'),
              cell: (row) =>
                row.received === 0 && row.balanced ? (
                  t('nothing')
                ) : (
                  <div className={styles['day']}>
                    <ReconciliationBar of={row} />
                    <ReconciliationParts of={row} />
                  </div>
                ),
            },
            { id: 'state', head: t('state'), cell: (row) => (row.received === 0 && row.balanced ? '' : <BalanceTag of={row} />) },
          ]}
        />
      )}
    </Card>
  );
};
