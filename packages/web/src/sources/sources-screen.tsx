import { useTranslations } from 'use-intl';
import { useRead } from '../api/use-read.ts';
import { useMe } from '../company/me.ts';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Bone, Empty } from '../parts/message.tsx';
import { Screen } from '../parts/screen.tsx';
import { Quarantine } from './quarantine.tsx';
import { SourcePanel } from './source-panel.tsx';
import styles from './sources-screen.module.css';

/** Every form with its books of today, and what waits in quarantine. */
export const SourcesScreen = () => {
  const t = useTranslations('sources');
  const { roles } = useMe();
  const reading = useRead('GET /sources', { query: { limit: 100 } }, { rhythm: 'calm' });
  const items = reading.data?.body.items;
  const seesLeads = roles.some((role) => role === 'operations' || role === 'admin');
  return (
    <Screen title={t('title')} under={seesLeads ? undefined : t('leadsHidden')} freshness={reading}>
      {reading.isError && items === undefined ? <FailureMessage error={reading.error} retry={() => void reading.refetch()} /> : null}
      {items === undefined && !reading.isError ? <Bone height="20rem" /> : null}
      {items?.length === 0 ? <Empty title={t('none.title')} text={t('none.text')} /> : null}
      <div className={styles['columns']}>
        <div className={styles['panels']}>
          {items?.map((source) => (
            <SourcePanel key={source.sourceId} source={source} />
          ))}
        </div>
        <Quarantine sources={items ?? []} />
      </div>
    </Screen>
  );
};
