import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useRead } from '../api/use-read.ts';
import { Cards } from '../parts/card.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Bone } from '../parts/message.tsx';
import { Screen } from '../parts/screen.tsx';
import { ConnectCard } from './connect-card.tsx';
import { CredentialsCard } from './credentials-card.tsx';
import { DaysCard } from './days-card.tsx';
import { MappingCard } from './mapping-card.tsx';
import { SettingsCard } from './settings-card.tsx';
import styles from './source-screen.module.css';

/** One source: what came of it, how it is connected, what its fields become. */
export const SourceScreen = () => {
  const t = useTranslations('source');
  const { sourceId = '' } = useParams({ strict: false });
  const reading = useRead('GET /sources/{sourceId}', { path: { sourceId } }, { rhythm: 'record' });
  const providers = useRead('GET /providers', {}, { rhythm: 'once' });
  const source = reading.data?.body;
  const about = providers.data?.body.items.find(({ provider }) => provider === source?.provider);
  const version = reading.data?.etag?.replace(/^(?:W\/)?"|"$/g, '') ?? '';
  return (
    <Screen
      title={source?.name ?? <Bone width="14rem" height="1.6rem" />}
      under={source === undefined ? undefined : t(`providers.${source.provider}.name`)}
      freshness={reading}
      filters={
        <Link to="/sources">
          <ArrowLeft size={14} aria-hidden="true" /> {t('back')}
        </Link>
      }
    >
      {reading.isError && source === undefined ? <FailureMessage error={reading.error} retry={() => void reading.refetch()} /> : null}
      {source === undefined && !reading.isError ? <Bone height="24rem" /> : null}
      {source === undefined ? null : (
        <Cards>
          <ConnectCard source={source} />
          {about === undefined ? (
            <Bone height="12rem" />
          ) : (
            <div className={styles['column']}>
              <CredentialsCard source={source} about={about} />
              <SettingsCard source={source} about={about} />
            </div>
          )}
          <DaysCard sourceId={sourceId} />
          <MappingCard key={sourceId} source={source} version={version} />
        </Cards>
      )}
    </Screen>
  );
};
