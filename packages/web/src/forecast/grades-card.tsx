import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Answer } from '../api/routes.ts';
import { useRead } from '../api/use-read.ts';
import { useWriting } from '../company/me.ts';
import { count, share, signedShare } from '../format/figures.ts';
import { Card } from '../parts/card.tsx';
import { Choice } from '../parts/form/choice.tsx';
import type { Column } from '../parts/table/data-table.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Bone, Empty } from '../parts/message.tsx';
import { PlainTable } from '../parts/table/plain-table.tsx';
import type { Asked } from './forecast-reading.ts';
import styles from './parts-card.module.css';

type Horizon = Answer<'GET /forecasts/grades'>['horizons'][number];
type Ratio = Horizon['wape'];

const shownBaselines = ['run-rate', 'stage-weighted', 'rep-estimates'] as const;

/** An error, and beside it the error of the computed figures in the same windows where they were not all of them. */
const Compared = ({ theirs, ours, windows }: { readonly theirs: Ratio; readonly ours: Ratio | undefined; readonly windows: number }) => {
  const t = useTranslations('forecast.grades');
  const { locale } = useWriting();
  if (theirs === null) return t('nothing');
  return (
    <>
      {share(locale, theirs.ratio)}
      {ours === undefined || ours === null ? null : (
        <small className={styles['soft']}>{t('oursThere', { share: share(locale, ours.ratio), windows })}</small>
      )}
    </>
  );
};

const useColumns = (): readonly Column<Horizon>[] => {
  const t = useTranslations('forecast.grades');
  const { locale } = useWriting();
  return [
    {
      id: 'horizon',
      head: t('horizon'),
      isLead: true,
      cell: ({ horizon, claim }) => (
        <>
          {t(`horizons.${horizon}`)}
          {claim ? null : <small className={styles['soft']}>{t('noClaim')}</small>}
        </>
      ),
    },
    { id: 'windows', head: t('windows'), isNumber: true, cell: ({ windows }) => count(locale, windows) },
    {
      id: 'wape',
      head: t('wape'),
      isNumber: true,
      cell: ({ wape }) => (wape === null ? t('nothing') : <strong>{share(locale, wape.ratio)}</strong>),
    },
    {
      id: 'bias',
      head: t('bias'),
      isNumber: true,
      cell: ({ bias, biased }) =>
        bias === null ? (
          t('nothing')
        ) : (
          <>
            {signedShare(locale, bias.ratio)}
            {biased ? <small className={styles['soft']}>{t(bias.ratio > 0 ? 'tooHigh' : 'tooLow')}</small> : null}
          </>
        ),
    },
    {
      id: 'coverage',
      head: t('coverage'),
      isNumber: true,
      cell: ({ coverage }) => (coverage === null ? t('nothing') : share(locale, coverage.ratio)),
    },
    ...shownBaselines.map((id): Column<Horizon> => ({
      id,
      head: t(`baselines.${id}`),
      isNumber: true,
      cell: ({ baselines }) => {
        const found = baselines.find(({ baseline }) => baseline === id);
        return found === undefined ? t('nothing') : <Compared theirs={found.wape} ours={found.computedWape} windows={found.windows} />;
      },
    })),
    {
      id: 'judgement',
      head: t('judgement'),
      isNumber: true,
      cell: ({ judgement }) => <Compared theirs={judgement.wape} ours={judgement.computedWape} windows={judgement.windows} />,
    },
  ];
};

const GradesTable = ({ horizons }: { readonly horizons: readonly Horizon[] }) => {
  const t = useTranslations('forecast.grades');
  const columns = useColumns();
  return (
    <PlainTable label={t('title')} rows={horizons} rowId={({ horizon }) => horizon} columns={columns} isMuted={({ claim }) => !claim} />
  );
};

/** How good the forecasts of ended windows were, beside simpler methods and people; below eight windows nothing is claimed. */
export const GradesCard = ({ asked }: { readonly asked: Asked }) => {
  const t = useTranslations('forecast.grades');
  const [isReplayed, setIsReplayed] = useState<boolean>();
  const reading = useRead('GET /forecasts/grades', { query: asked }, { rhythm: 'calm' });
  const grades = reading.data?.body;
  const replayed = grades?.replayed ?? undefined;
  const isEmpty = grades?.horizons.every(({ windows }) => windows === 0) ?? true;
  const showsReplay = replayed !== undefined && (isReplayed ?? isEmpty);
  const horizons = showsReplay ? replayed.horizons : grades?.horizons;
  return (
    <Card
      title={t('title')}
      under={t(showsReplay ? 'underReplayed' : 'under')}
      isWide
      isStale={reading.isPlaceholderData}
      actions={
        replayed === undefined ? undefined : (
          <Choice
            label={t('which.label')}
            isLabelHidden
            value={showsReplay ? 'replayed' : 'lived'}
            options={[
              { id: 'lived', label: t('which.lived') },
              { id: 'replayed', label: t('which.replayed') },
            ]}
            onChange={(id) => setIsReplayed(id === 'replayed')}
          />
        )
      }
    >
      {reading.isError && grades === undefined ? <FailureMessage error={reading.error} retry={() => void reading.refetch()} /> : null}
      {grades === undefined && !reading.isError ? <Bone height="12rem" /> : null}
      {grades !== undefined && !showsReplay && isEmpty ? <Empty title={t('none.title')} text={t('none.text')} /> : null}
      {horizons === undefined || (!showsReplay && isEmpty) ? null : (
        <GradesTable horizons={horizons.filter(({ windows }) => windows > 0)} />
      )}
    </Card>
  );
};
