import { useTranslations } from 'use-intl';
import type { ReactNode } from 'react';
import { useRead, type Reading } from '../api/use-read.ts';
import { useWriting } from '../company/me.ts';
import { count, share } from '../format/figures.ts';
import { Card } from '../parts/card.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Bone, Empty } from '../parts/message.tsx';
import { PlainTable } from '../parts/table/plain-table.tsx';

type CommitmentsCardProps = { readonly reading: Reading<'GET /service-level-report'>; readonly action: ReactNode };

/** What marketing committed to for a month, beside what it has delivered. */
export const CommitmentsCard = ({ reading, action }: CommitmentsCardProps) => {
  const t = useTranslations('sources.month');
  const { locale } = useWriting();
  const segments = useRead('GET /segments', {}, { rhythm: 'once' }).data?.body.segments;
  const rows = reading.data?.body.marketing;
  const nameOf = (segmentId: string | null): string =>
    segmentId === null ? t('all') : (segments?.find((segment) => segment.segmentId === segmentId)?.name ?? segmentId);
  return (
    <Card title={t('commitments')} under={t('commitmentsUnder')} actions={action}>
      {reading.isError && rows === undefined ? <FailureMessage error={reading.error} retry={() => void reading.refetch()} /> : null}
      {rows === undefined && !reading.isError ? <Bone height="8rem" /> : null}
      {rows?.length === 0 ? <Empty title={t('noCommitments.title')} text={t('noCommitments.text')} /> : null}
      {rows === undefined || rows.length === 0 ? null : (
        <PlainTable
          label={t('commitments')}
          rows={rows}
          rowId={({ segmentId, stage }) => `${segmentId} ${stage}`}
          columns={[
            { id: 'segment', head: t('segment'), isLead: true, cell: ({ segmentId }) => nameOf(segmentId) },
            { id: 'stage', head: t('stage'), cell: ({ stage }) => t(`stages.${stage}`) },
            { id: 'committed', head: t('committed'), isNumber: true, cell: ({ committed }) => count(locale, committed) },
            { id: 'delivered', head: t('delivered'), isNumber: true, cell: ({ delivered }) => count(locale, delivered) },
            { id: 'kept', head: t('kept'), isNumber: true, cell: ({ kept }) => (kept.value === null ? '–' : share(locale, kept.value)) },
            { id: 'gap', head: t('gap'), isNumber: true, cell: ({ gap }) => count(locale, gap) },
          ]}
        />
      )}
    </Card>
  );
};
