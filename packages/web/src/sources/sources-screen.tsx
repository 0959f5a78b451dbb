import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useRead } from '../api/use-read.ts';
import { useMe } from '../company/me.ts';
import { useKeys } from '../keyboard/keys.tsx';
import { Button } from '../parts/form/button.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Bone, Empty } from '../parts/message.tsx';
import { Screen } from '../parts/screen.tsx';
import { CreateSourceSheet } from '../source/create-source-sheet.tsx';
import { MonthSection } from './month-section.tsx';
import { Quarantine } from './quarantine.tsx';
import { SourcePanel } from './source-panel.tsx';
import styles from './sources-screen.module.css';

/** Every source with its books of today, and what waits in quarantine. */
export const SourcesScreen = () => {
  const t = useTranslations('sources');
  const { roles } = useMe();
  const [isCreating, setCreating] = useState(false);
  const reading = useRead('GET /sources', { query: { limit: 100 } }, { rhythm: 'calm' });
  const items = reading.data?.body.items;
  const seesLeads = roles.some((role) => role === 'operations' || role === 'admin');
  useKeys([{ keys: 'n', label: t('create'), run: () => setCreating(true) }]);
  const create = (
    <Button look="primary" hint="N" onPress={() => setCreating(true)}>
      {t('create')}
    </Button>
  );
  return (
    <Screen title={t('title')} under={seesLeads ? undefined : t('leadsHidden')} freshness={reading} actions={create}>
      {reading.isError && items === undefined ? <FailureMessage error={reading.error} retry={() => void reading.refetch()} /> : null}
      {items === undefined && !reading.isError ? <Bone height="20rem" /> : null}
      <div className={styles['columns']}>
        <div className={styles['panels']}>
          {items?.length === 0 ? (
            <Empty
              title={t('none.title')}
              text={t('none.text')}
              action={<Button onPress={() => setCreating(true)}>{t('create')}</Button>}
            />
          ) : null}
          {items?.map((source) => (
            <SourcePanel key={source.sourceId} source={source} />
          ))}
        </div>
        <Quarantine sources={items ?? []} />
      </div>
      {items === undefined || items.length === 0 ? null : <MonthSection sources={items} />}
      {isCreating ? <CreateSourceSheet onClose={() => setCreating(false)} /> : null}
    </Screen>
  );
};
