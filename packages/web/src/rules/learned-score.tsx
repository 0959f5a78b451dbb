import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Answer } from '../api/routes.ts';
import { useRead } from '../api/use-read.ts';
import { useWriting } from '../company/me.ts';
import { count, share } from '../format/figures.ts';
import { Card, Cards } from '../parts/card.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Facts } from '../parts/figures/facts.tsx';
import { Bone } from '../parts/message.tsx';
import { Screen } from '../parts/screen.tsx';
import { PlainTable } from '../parts/table/plain-table.tsx';

type Model = Answer<'GET /learned-score'>;
type Measures = Model['measures']['all'];

const three = (locale: string, value: number | null): string =>
  value === null ? '–' : new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }).format(value);

const MeasureTable = ({ model }: { readonly model: Model }) => {
  const t = useTranslations('rules.learned');
  const { locale } = useWriting();
  const sources = useRead('GET /sources', { query: { limit: 100 } }, { rhythm: 'calm' }).data?.body.items ?? [];
  const nameOf = (sourceId: string): string => sources.find((source) => source.sourceId === sourceId)?.name ?? sourceId;
  const rows: readonly (readonly [string, Measures])[] = [
    [t('all'), model.measures.all],
    ...Object.entries(model.measures.bySource).map(([sourceId, measures]): [string, Measures] => [nameOf(sourceId), measures]),
  ];
  return (
    <PlainTable
      label={t('measures')}
      rows={rows}
      rowId={([name]) => name}
      columns={[
        { id: 'source', head: t('source'), isLead: true, cell: ([name]) => name },
        { id: 'leads', head: t('leads'), isNumber: true, cell: ([, { leads }]) => count(locale, leads) },
        { id: 'auc', head: t('auc'), isNumber: true, cell: ([, { auc }]) => three(locale, auc) },
        { id: 'loss', head: t('logLoss'), isNumber: true, cell: ([, { logLoss }]) => three(locale, logLoss) },
        { id: 'base', head: t('base'), isNumber: true, cell: ([, { baseLogLoss }]) => three(locale, baseLogLoss) },
        {
          id: 'calibration',
          head: t('calibration'),
          isNumber: true,
          cell: ([, { calibrationError }]) => (calibrationError === null ? '–' : share(locale, calibrationError)),
        },
      ]}
    />
  );
};

/** The learned score as it is: how much it has seen, what it weighs, and how well it predicted. */
export const LearnedScore = ({ filters }: { readonly filters: ReactNode }) => {
  const t = useTranslations('rules');
  const { locale } = useWriting();
  const reading = useRead('GET /learned-score', {}, { rhythm: 'calm' });
  const model = reading.data?.body;
  return (
    <Screen title={t('title')} under={t('explained.learned-score')} freshness={reading} filters={filters}>
      {reading.isError && model === undefined ? <FailureMessage error={reading.error} retry={() => void reading.refetch()} /> : null}
      {model === undefined ? (
        reading.isError ? null : (
          <Bone height="20rem" />
        )
      ) : (
        <Cards>
          <Card
            title={t('names.learned-score')}
            under={
              model.status === 'scoring'
                ? t('learned.scoring', { won: model.won, lost: model.lost })
                : t('learned.notEnough', { needed: model.needed })
            }
          >
            <Facts
              of={[
                [t('learned.won'), count(locale, model.won)],
                [t('learned.lost'), count(locale, model.lost)],
                [t('learned.needed'), count(locale, model.needed)],
              ]}
            />
            <p>{t('learned.readOnly')}</p>
          </Card>
          <Card title={t('learned.weights')}>
            {model.weights.length === 0 ? (
              <p>{t('learned.noWeights')}</p>
            ) : (
              <PlainTable
                label={t('learned.weights')}
                rows={model.weights}
                rowId={({ name }) => name}
                columns={[
                  { id: 'name', head: t('learned.value'), isLead: true, cell: ({ name }) => name },
                  { id: 'weight', head: t('learned.weight'), isNumber: true, cell: ({ weight }) => three(locale, weight) },
                  { id: 'leads', head: t('learned.leads'), isNumber: true, cell: ({ leads }) => count(locale, leads) },
                ]}
              />
            )}
            {model.excludedFields.length === 0 ? null : (
              <Facts of={[[t('learned.excluded'), model.excludedFields.map(({ field }) => field).join(', ')]]} />
            )}
          </Card>
          <Card title={t('learned.measures')} isWide>
            <MeasureTable model={model} />
          </Card>
        </Cards>
      )}
    </Screen>
  );
};
