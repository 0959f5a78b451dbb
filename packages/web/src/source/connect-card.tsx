import { useTranslations } from 'use-intl';
import { Card } from '../parts/card.tsx';
import { CopyButton } from '../parts/form/copy-button.tsx';
import { formSnippet } from './form-snippet.ts';
import type { Source } from './source-settings.ts';
import styles from './source-screen.module.css';

/** What somebody enters at the sender, or pastes into their page. */
export const ConnectCard = ({ source }: { readonly source: Source }) => {
  const t = useTranslations('source.connect');
  const names = useTranslations('source.providers');
  const address = `${location.origin}${source.webhookPath}`;
  const labels = { name: t('labels.name'), email: t('labels.email'), message: t('labels.message'), send: t('labels.send') };
  const snippet = source.provider === 'html-form' ? formSnippet({ ...source, address }, labels) : undefined;
  return (
    <Card title={t('title')} under={names(`${source.provider}.setup`)}>
      <div className={styles['value']}>
        <small>{t('address')}</small>
        <code className={styles['code']}>{address}</code>
        <CopyButton text={address} />
      </div>
      {snippet === undefined ? null : (
        <div className={styles['column']}>
          <div className={styles['value']}>
            <span>{t('snippet')}</span>
            <CopyButton text={snippet} label={t('copySnippet')} />
          </div>
          <pre className={styles['snippet']}>{snippet}</pre>
        </div>
      )}
      <p className={styles['soft']}>{t('send')}</p>
    </Card>
  );
};
