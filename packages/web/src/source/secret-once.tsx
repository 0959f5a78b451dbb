import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Answer } from '../api/routes.ts';
import { useWriting } from '../company/me.ts';
import { instant } from '../format/days.ts';
import { Button } from '../parts/form/button.tsx';
import { CopyButton } from '../parts/form/copy-button.tsx';
import { Sheet } from '../parts/dialog/sheet.tsx';
import { Switch } from '../parts/form/switch.tsx';
import styles from './source-screen.module.css';

export type Secret = Answer<'POST /sources/{sourceId}/secrets'>;

const Value = ({ label, text, copyLabel }: { readonly label: string; readonly text: string; readonly copyLabel: string }) => (
  <div className={styles['value']}>
    <small>{label}</small>
    <code className={styles['code']}>{text}</code>
    <CopyButton text={text} label={copyLabel} />
  </div>
);

/** A secret, shown once: it goes only when somebody says that they have it. */
export const SecretOnce = ({ of: secret, onDone }: { readonly of: Secret; readonly onDone: () => void }) => {
  const t = useTranslations('source.once');
  const { locale, zone } = useWriting();
  const [isSaved, setSaved] = useState(false);
  const hasTokenInAddress = secret.webhookPath.includes('?token=');
  return (
    <Sheet
      title={t('title')}
      at="middle"
      isOpen
      onClose={() => (isSaved ? onDone() : undefined)}
      foot={
        <Button look="primary" isDisabled={!isSaved} onPress={onDone}>
          {t('done')}
        </Button>
      }
    >
      <p>{t('text')}</p>
      <Value label={t('secret')} text={secret.secret} copyLabel={t('copySecret')} />
      <Value
        label={hasTokenInAddress ? `${t('address')}. ${t('addressSecret')}` : t('address')}
        text={`${location.origin}${secret.webhookPath}`}
        copyLabel={t('copyAddress')}
      />
      {secret.verifyToken === null ? null : <Value label={t('verifyToken')} text={secret.verifyToken} copyLabel={t('copyToken')} />}
      {secret.previousValidUntil === null ? null : <p>{t('previous', { time: instant(locale, secret.previousValidUntil, zone) })}</p>}
      <Switch label={t('saved')} isOn={isSaved} onChange={setSaved} />
    </Sheet>
  );
};
