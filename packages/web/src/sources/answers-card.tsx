import { useTranslations } from 'use-intl';
import type { Answer, Item } from '../api/routes.ts';
import type { Reading } from '../api/use-read.ts';
import { useWriting } from '../company/me.ts';
import { count, share } from '../format/figures.ts';
import { Card } from '../parts/card.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Bone, Empty } from '../parts/message.tsx';
import { PlainTable } from '../parts/table/plain-table.tsx';

type Report = Answer<'GET /service-level-report'>;
type Row = { readonly id: string; readonly name: string } & Pick<Report['sales'], 'due' | 'kept' | 'speed'>;

type AnswersCardProps = {
  readonly reading: Reading<'GET /service-level-report'>;
  readonly sources: readonly Item<'GET /sources'>[];
};

/** How fast sales answered what the sources brought, by source. */
export const AnswersCard = ({ reading, sources }: AnswersCardProps) => {
  const t = useTranslations('sources.month');
  const { locale } = useWriting();
  const report = reading.data?.body;
  const nameOf = (sourceId: string): string => sources.find((source) => source.sourceId === sourceId)?.name ?? t('imported');
  const rows: readonly Row[] = report?.bySource.map((each) => ({ ...each, id: each.sourceId, name: nameOf(each.sourceId) })) ?? [];
  const kept = ({ kept: { value } }: Pick<Row, 'kept'>): string => (value === null ? '–' : share(locale, value));
  const median = ({ speed: { medianSeconds } }: Pick<Row, 'speed'>): string =>
    medianSeconds === null ? '–' : t('minutes', { count: Math.round(medianSeconds / 60) });
  const sales = report?.sales;
  return (
    <Card title={t('answers')} under={t('answersUnder')}>
      {reading.isError && report === undefined ? <FailureMessage error={reading.error} retry={() => void reading.refetch()} /> : null}
      {report === undefined && !reading.isError ? <Bone height="8rem" /> : null}
      {sales !== undefined && rows.length === 0 ? <Empty title={t('noAnswers.title')} text={t('noAnswers.text')} /> : null}
      {sales === undefined || rows.length === 0 ? null : (
        <PlainTable
          label={t('answers')}
          rows={rows}
          rowId={({ id }) => id}
          columns={[
            { id: 'source', head: t('source'), isLead: true, cell: ({ name }) => name, total: t('everything') },
            { id: 'due', head: t('due'), isNumber: true, cell: ({ due }) => count(locale, due), total: count(locale, sales.due) },
            { id: 'kept', head: t('inTime'), isNumber: true, cell: kept, total: kept(sales) },
            { id: 'median', head: t('median'), isNumber: true, cell: median, total: median(sales) },
          ]}
        />
      )}
    </Card>
  );
};
