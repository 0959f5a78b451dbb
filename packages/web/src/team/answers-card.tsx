import { useTranslations } from 'use-intl';
import { useRead } from '../api/use-read.ts';
import { useMe, useWriting } from '../company/me.ts';
import { count, share } from '../format/figures.ts';
import { Card } from '../parts/card.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Facts } from '../parts/figures/facts.tsx';
import { Bone, Empty } from '../parts/message.tsx';

/** How fast leads were answered this month. The report covers all teams of the caller. */
export const AnswersCard = () => {
  const t = useTranslations('team.answers');
  const { locale } = useWriting();
  const { today } = useMe();
  const reading = useRead('GET /service-level-report', { query: { month: today.slice(0, 7) } }, { rhythm: 'calm' });
  const sales = reading.data?.body.sales;
  const minutes = (seconds: number | null): string => (seconds === null ? '–' : t('minutes', { count: Math.round(seconds / 60) }));
  return (
    <Card title={t('title')} under={t('under')}>
      {reading.isError && sales === undefined ? <FailureMessage error={reading.error} retry={() => void reading.refetch()} /> : null}
      {sales === undefined && !reading.isError ? <Bone height="7rem" /> : null}
      {sales?.due === 0 && sales.speed.answered === 0 ? <Empty title={t('none.title')} text={t('none.text')} /> : null}
      {sales === undefined || (sales.due === 0 && sales.speed.answered === 0) ? null : (
        <Facts
          of={[
            [t('due'), count(locale, sales.due)],
            [t('kept'), sales.kept.value === null ? '–' : share(locale, sales.kept.value)],
            [t('missed'), count(locale, sales.missed.length)],
            [t('median'), minutes(sales.speed.medianSeconds)],
            [t('slow'), minutes(sales.speed.p90Seconds)],
          ]}
        />
      )}
    </Card>
  );
};
