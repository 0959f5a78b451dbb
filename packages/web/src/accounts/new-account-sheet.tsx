import { useNavigate } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useSend } from '../app/api.ts';
import { Button } from '../parts/form/button.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Sheet } from '../parts/dialog/sheet.tsx';
import { TextField } from '../parts/form/text-field.tsx';

/** A company that has no opportunity yet. */
export const NewAccountSheet = ({ onClose }: { readonly onClose: () => void }) => {
  const t = useTranslations('accounts.open');
  const send = useSend();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [key] = useState(() => crypto.randomUUID());
  const [failure, setFailure] = useState<unknown>();
  const save = async (): Promise<void> => {
    try {
      const opened = await send('POST /accounts', { body: { name: name.trim() } }, { idempotencyKey: key });
      await client.invalidateQueries();
      onClose();
      await navigate({ to: `/accounts/${opened.body.accountId}` });
    } catch (error) {
      setFailure(error);
    }
  };
  return (
    <Sheet
      title={t('action')}
      isOpen
      at="middle"
      onClose={onClose}
      foot={
        <Button look="primary" isDisabled={name.trim() === ''} onPress={() => void save()}>
          {t('save')}
        </Button>
      }
    >
      {failure === undefined ? null : <FailureMessage error={failure} />}
      <TextField label={t('name')} value={name} onChange={setName} autoFocus maxLength={200} />
    </Sheet>
  );
};
