import { CircleCheck } from 'lucide-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Item } from '../api/routes.ts';
import { useSend } from '../app/api.ts';
import { Card } from '../parts/card.tsx';
import { Button } from '../parts/form/button.tsx';
import { CredentialSheet, type Credential } from './credential-sheet.tsx';
import { SecretOnce, type Secret } from './secret-once.tsx';
import type { Source } from './source-settings.ts';
import styles from './source-screen.module.css';

type CredentialsCardProps = { readonly source: Source; readonly about: Item<'GET /providers'> };

/** What proves who sends and who fetches: replaced here, and never shown again. */
export const CredentialsCard = ({ source, about }: CredentialsCardProps) => {
  const t = useTranslations('source.secrets');
  const send = useSend();
  const client = useQueryClient();
  const [open, setOpen] = useState<Credential>();
  const [stored, setStored] = useState<Credential>();
  const [issued, setIssued] = useState<Secret>();
  const { sourceId } = source;
  const path = { sourceId };
  const store = async (credential: Credential, value: string, idempotencyKey: string): Promise<void> => {
    if (credential === 'captcha') await send('PUT /sources/{sourceId}/captcha', { path, body: { secret: value } });
    if (credential === 'access-token') await send('PUT /sources/{sourceId}/access-token', { path, body: { token: value } });
    if (credential === 'sender-secret')
      await send('POST /sources/{sourceId}/secrets', { path, body: { secret: value } }, { idempotencyKey });
    if (credential === 'own-secret') {
      const { body } = await send('POST /sources/{sourceId}/secrets', { path, body: {} }, { idempotencyKey });
      setIssued(body);
    } else setStored(credential);
    setOpen(undefined);
    await client.invalidateQueries();
  };
  const ofSource: Credential = about.secretFrom === 'us' ? 'own-secret' : 'sender-secret';
  const hasCaptcha = about.settings.includes('captcha');
  const row = (credential: Credential, name: string, state: string | undefined, action: string) => (
    <li key={credential}>
      <span>
        {name}
        {state === undefined ? null : (
          <>
            <br />
            <small>{state}</small>
          </>
        )}
        {stored === credential ? (
          <small role="status">
            {' '}
            <CircleCheck size={14} aria-hidden="true" /> {t('stored')}
          </small>
        ) : null}
      </span>
      <Button onPress={() => setOpen(credential)}>{action}</Button>
    </li>
  );
  return (
    <Card title={t('title')} under={t('under')}>
      {about.secretUse === 'stamp' ? <p>{t('stamped')}</p> : null}
      <ul className={styles['rows']}>
        {about.secretUse === 'stamp'
          ? null
          : row(
              ofSource,
              t('signing'),
              source.secretNumber === 0 ? t('missing') : t('number', { number: source.secretNumber }),
              t(ofSource === 'own-secret' ? 'rotate' : 'enter'),
            )}
        {hasCaptcha ? row('captcha', t('captcha'), source.captcha ? undefined : t('captchaOff'), t('change')) : null}
        {about.needsAccessToken ? row('access-token', t('accessToken'), undefined, t('change')) : null}
      </ul>
      {open === undefined ? null : (
        <CredentialSheet
          key={open}
          of={open}
          onSave={(value, idempotencyKey) => store(open, value, idempotencyKey)}
          onClose={() => setOpen(undefined)}
        />
      )}
      {issued === undefined ? null : <SecretOnce of={issued} onDone={() => setIssued(undefined)} />}
    </Card>
  );
};
