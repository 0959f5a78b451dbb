import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../parts/form/button.tsx';
import { TextField } from '../parts/form/text-field.tsx';
import { Sheet } from '../parts/dialog/sheet.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';

export type Credential = 'own-secret' | 'sender-secret' | 'captcha' | 'access-token';

type CredentialSheetProps = {
  readonly of: Credential;
  readonly onSave: (value: string, idempotencyKey: string) => Promise<void>;
  readonly onClose: () => void;
};

/** Asks for a value that the sender made, or whether a new secret of ours is to be issued. */
export const CredentialSheet = ({ of: credential, onSave, onClose }: CredentialSheetProps) => {
  const t = useTranslations('source.secrets');
  const shell = useTranslations('shell');
  const [value, setValue] = useState('');
  const [key] = useState(() => crypto.randomUUID());
  const [failure, setFailure] = useState<unknown>();
  const isOurs = credential === 'own-secret';
  const title = {
    'own-secret': t('rotateTitle'),
    'sender-secret': t('enter'),
    captcha: t('captcha'),
    'access-token': t('accessToken'),
  }[credential];
  return (
    <Sheet
      title={title}
      at="middle"
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{shell('cancel')}</Button>
          <Button
            look="primary"
            isDisabled={!isOurs && value.trim().length < 8}
            onPress={() => void onSave(value.trim(), key).catch(setFailure)}
          >
            {isOurs ? t('rotate') : t('save')}
          </Button>
        </>
      }
    >
      {failure === undefined ? null : <FailureMessage error={failure} />}
      {isOurs ? <p>{t('rotateText')}</p> : null}
      {credential === 'sender-secret' ? <p>{t('enterText')}</p> : null}
      {isOurs ? null : <TextField label={t('value')} hint={t('short')} value={value} onChange={setValue} autoFocus maxLength={2000} />}
    </Sheet>
  );
};
