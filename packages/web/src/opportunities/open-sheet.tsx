import { useNavigate } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { failureOf } from '../api/problem.ts';
import { useSend } from '../app/api.ts';
import { useMe } from '../company/me.ts';
import { usePeople } from '../company/people.ts';
import { Button } from '../parts/form/button.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { MoneyField } from '../parts/form/money-field.tsx';
import { Select } from '../parts/form/select.tsx';
import { Sheet } from '../parts/dialog/sheet.tsx';
import { TextField } from '../parts/form/text-field.tsx';

/** An opportunity that did not begin as a lead. */
export const OpenSheet = ({ processId, onClose }: { readonly processId: string; readonly onClose: () => void }) => {
  const t = useTranslations('opportunities.open');
  const confirmText = useTranslations('commands');
  const me = useMe();
  const people = usePeople();
  const send = useSend();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [amount, setAmount] = useState('');
  const [owner, setOwner] = useState<string | null>(me.repId);
  const [key] = useState(() => crypto.randomUUID());
  const [failure, setFailure] = useState<unknown>();
  const currency = me.reportingCurrency ?? 'EUR';
  const isUnusual = failure !== undefined && failureOf(failure).code === 'amount-unusual';
  const save = async (): Promise<void> => {
    if (owner === null) return;
    const body = {
      processId,
      account: { name },
      owner,
      ...(amount === '' ? {} : { amount: { amount, currency } }),
      ...(isUnusual ? { confirm: true as const } : {}),
    };
    try {
      const opened = await send('POST /opportunities', { body }, { idempotencyKey: isUnusual ? `${key}-confirmed` : key });
      await client.invalidateQueries();
      onClose();
      await navigate({ to: `/opportunities/${opened.body.opportunityId}` });
    } catch (error) {
      setFailure(error);
    }
  };
  return (
    <Sheet
      title={t('title')}
      isOpen
      onClose={onClose}
      foot={
        <Button look="primary" isDisabled={name.trim() === '' || owner === null} onPress={() => void save()}>
          {isUnusual ? confirmText('confirmAmount') : t('save')}
        </Button>
      }
    >
      {failure === undefined ? null : <FailureMessage error={failure} />}
      <TextField label={t('account')} value={name} onChange={setName} autoFocus maxLength={200} />
      <MoneyField label={t('amount')} currency={currency} value={amount} onChange={setAmount} />
      {me.repId !== null && people.active.length < 2 ? null : (
        <Select
          label={t('owner')}
          value={owner}
          options={people.active.map((rep) => ({ id: String(rep.repId), label: rep.name }))}
          onChange={setOwner}
        />
      )}
    </Sheet>
  );
};
