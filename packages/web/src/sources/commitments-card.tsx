import { useTranslations } from 'use-intl';
import { useMemo, useState } from 'react';
import { useRead, type Reading } from '../api/use-read.ts';
import { useMe, useWriting } from '../company/me.ts';
import { count, share } from '../format/figures.ts';
import { documentOf } from '../documents/document-source.ts';
import { DocumentSheet } from '../documents/document-sheet.tsx';
import { isRecord } from '../documents/json.ts';
import type { Option, Shape } from '../documents/shape.ts';
import { Card } from '../parts/card.tsx';
import { Button } from '../parts/form/button.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Bone, Empty } from '../parts/message.tsx';
import { PlainTable } from '../parts/table/plain-table.tsx';

type CommitmentsCardProps = { readonly reading: Reading<'GET /service-level-report'>; readonly month: string };

/** What marketing committed to for a month, beside what it has delivered. */
export const CommitmentsCard = ({ reading, month }: CommitmentsCardProps) => {
  const t = useTranslations('sources.month');
  const { locale } = useWriting();
  const segments = useRead('GET /segments', {}, { rhythm: 'once' }).data?.body.segments;
  const rows = reading.data?.body.marketing;
  const nameOf = (segmentId: string | null): string =>
    segmentId === null ? t('all') : (segments?.find((segment) => segment.segmentId === segmentId)?.name ?? segmentId);
  const [isOpen, setOpen] = useState(false);
  const { today } = useMe();
  const source = useMemo(
    () =>
      documentOf({
        get: 'GET /volume-commitments/{month}',
        put: 'PUT /volume-commitments/{month}',
        path: { month },
        documentIn: ({ commitments }) => ({ commitments }),
      }),
    [month],
  );
  const options: readonly Option[] = [
    { id: '-', label: t('all'), value: null },
    ...(segments ?? []).map(({ segmentId, name }) => ({ id: segmentId, label: name })),
  ];
  const shape: Shape = {
    kind: 'record',
    fields: {
      commitments: {
        kind: 'list',
        label: t('commitments'),
        isInline: true,
        start: { segmentId: null, stage: 'mql', committed: 0 },
        title: (item) => (isRecord(item) ? nameOf(item['segmentId'] === null ? null : String(item['segmentId'])) : ''),
        item: {
          kind: 'record',
          fields: {
            segmentId: { kind: 'one-of', options, label: t('segment') },
            stage: {
              kind: 'one-of',
              options: (['mql', 'sql'] as const).map((id) => ({ id, label: t(`stages.${id}`) })),
              label: t('stage'),
            },
            committed: { kind: 'number', lowest: 0, isWhole: true, label: t('committed') },
          },
        },
      },
    },
  };
  const isOver = month < today.slice(0, 7);
  return (
    <Card
      title={t('commitments')}
      under={t('commitmentsUnder')}
      actions={isOver ? undefined : <Button onPress={() => setOpen(true)}>{t(rows?.length === 0 ? 'promise' : 'edit')}</Button>}
    >
      {isOpen ? <DocumentSheet title={t('commitments')} source={source} shape={shape} onClose={() => setOpen(false)} /> : null}
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
