import { useTranslations } from 'use-intl';
import { useRead } from '../api/use-read.ts';
import { useMe, useWriting } from '../company/me.ts';
import { day } from '../format/days.ts';
import { signedMoney } from '../format/figures.ts';
import { ChangeTable } from '../forecast/change-table.tsx';
import type { Node } from '../company/nodes.ts';
import { Card } from '../parts/card.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Bone, Empty } from '../parts/message.tsx';
import { windowRunningOn } from './team-rows.ts';

/** What has changed in the expectation since the first day of the week, if a snapshot of that day is there. */
export const SinceMondayCard = ({ node, since }: { readonly node: Node; readonly since: string | undefined }) => {
  const t = useTranslations('team.sinceMonday');
  const words = useTranslations('nodes');
  const { locale } = useWriting();
  const { calendar } = useMe();
  const window = since === undefined ? undefined : windowRunningOn(since, calendar.current);
  const reading = useRead('GET /forecasts', { query: { ...node, window, since } }, { rhythm: 'calm', enabled: window !== undefined });
  const forecast = reading.data?.body;
  if (since === undefined || window === undefined)
    return (
      <Card title={t('title')}>
        <Empty title={t('none.title')} text={t('none.text')} />
      </Card>
    );
  const change = forecast?.change ?? undefined;
  return (
    <Card
      title={t('titleOn', { day: day(locale, since) })}
      under={
        change === undefined
          ? undefined
          : t('under', { window: words(`windows.${window}`), difference: signedMoney(locale, change.difference) })
      }
      isStale={reading.isPlaceholderData}
    >
      {reading.isError && forecast === undefined ? <FailureMessage error={reading.error} retry={() => void reading.refetch()} /> : null}
      {forecast === undefined && !reading.isError ? <Bone height="18rem" /> : null}
      {forecast === undefined || change === undefined ? null : <ChangeTable mean={forecast.mean} change={change} />}
    </Card>
  );
};
