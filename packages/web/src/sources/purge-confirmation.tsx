import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../parts/form/button.tsx';
import { TextField } from '../parts/form/text-field.tsx';
import { Sheet } from '../parts/dialog/sheet.tsx';

/** Deletes nothing until somebody has typed the word. */
export const PurgeConfirmation = ({ onPurge, onClose }: { readonly onPurge: () => void; readonly onClose: () => void }) => {
  const t = useTranslations('sources');
  const shell = useTranslations('shell');
  const [typed, setTyped] = useState('');
  const word = t('purgeWord');
  const isRight = typed.trim().toLocaleLowerCase() === word;
  return (
    <Sheet
      title={t('purgeTitle')}
      at="middle"
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{shell('cancel')}</Button>
          <Button look="danger" isDisabled={!isRight} onPress={onPurge}>
            {t('purge')}
          </Button>
        </>
      }
    >
      <p>{t('purgeText')}</p>
      <TextField label={t('purgeType', { word })} value={typed} onChange={setTyped} autoFocus maxLength={40} />
    </Sheet>
  );
};
