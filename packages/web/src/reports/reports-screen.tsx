import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { useReadPages } from '../api/use-read-pages.ts';
import { useRead } from '../api/use-read.ts';
import { useSend } from '../app/api.ts';
import { useFilter } from '../app/filter.ts';
import { Button } from '../parts/form/button.tsx';
import { Choice } from '../parts/form/choice.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Bone, Empty } from '../parts/message.tsx';
import { Screen } from '../parts/screen.tsx';
import { Dictionary } from './dictionary.tsx';
import styles from './reports-screen.module.css';
import { RunPanel } from './run-panel.tsx';

/** The files of finance: by period, the newest version first, each with what a restatement changed. */
export const ReportsScreen = () => {
  const t = useTranslations('reports');
  const language = useLocale();
  const send = useSend();
  const client = useQueryClient();
  const [filter, change] = useFilter();
  const [failure, setFailure] = useState<unknown>();
  const [isRunning, setRunning] = useState(false);
  const reports = useRead('GET /reports', {}, { rhythm: 'calm' });
  const items = reports.data?.body.items ?? [];
  const report = items.find(({ reportId }) => reportId === filter['report']) ?? items[0];
  const runs = useReadPages('GET /reports/{reportId}/runs', { path: { reportId: report?.reportId ?? 'weekly' }, query: { limit: 50 } });
  const run = async (): Promise<void> => {
    if (report === undefined) return;
    setRunning(true);
    setFailure(undefined);
    try {
      await send(
        'POST /reports/{reportId}/runs',
        { path: { reportId: report.reportId }, body: {} },
        { idempotencyKey: crypto.randomUUID() },
      );
      await client.invalidateQueries();
    } catch (error) {
      setFailure(error);
    }
    setRunning(false);
  };
  // A report of one's own has no sentence of ours; its schedule stands as the API says it.
  const scheduleOf = ({ reportId, schedule }: { readonly reportId: string; readonly schedule: string }): string =>
    reportId === 'weekly' || reportId === 'week-so-far' ? t(`schedules.${reportId}`) : schedule;
  const periods = Object.entries(Object.groupBy(runs.items ?? [], ({ period }) => period));
  return (
    <Screen
      title={t('title')}
      under={report === undefined ? undefined : scheduleOf(report)}
      freshness={runs}
      actions={
        <Button look="primary" isDisabled={isRunning || report === undefined} onPress={() => void run()}>
          {t('run')}
        </Button>
      }
      filters={
        items.length < 2 ? undefined : (
          <Choice
            label={t('title')}
            isLabelHidden
            value={report?.reportId ?? ''}
            options={items.map(({ reportId, title }) => ({ id: reportId, label: title[language] }))}
            onChange={(id) => change({ report: id })}
          />
        )
      }
    >
      {failure === undefined ? null : <FailureMessage error={failure} />}
      <div className={styles['columns']}>
        <div className={styles['shelf']}>
          {runs.isError && runs.items === undefined ? <FailureMessage error={runs.error} retry={() => void runs.refetch()} /> : null}
          {runs.items === undefined && !runs.isError ? <Bone height="20rem" /> : null}
          {runs.items?.length === 0 ? <Empty title={t('none.title')} text={t('none.text')} /> : null}
          {periods.map(([period, versions = []]) => (
            <RunPanel key={period} period={period} versions={versions.toSorted((left, right) => right.version - left.version)} />
          ))}
          {runs.more === undefined ? null : <Button onPress={runs.more.load}>…</Button>}
        </div>
        <Dictionary />
      </div>
    </Screen>
  );
};
