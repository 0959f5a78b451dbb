import { useNavigate } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useSend } from '../app/api.ts';
import { useMe } from '../app/me.ts';
import { usePeople } from '../app/people.ts';
import { Button } from '../parts/button.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { MoneyField } from '../parts/money-field.tsx';
import { Select } from '../parts/select.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { TextField } from '../parts/text-field.tsx';

/** The account's id from its name: the same company written the same way is one account. */
export const accountIdOf = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);

/** An opportunity that did not begin as a lead. */
export const OpenSheet = ({ processId, onClose }: { readonly processId: string; readonly onClose: () => void }) => {
  const t = useTranslations('opportunities.open');
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
  const save = async (): Promise<void> => {
    if (owner === null) return;
    const body = { processId, account: { id: accountIdOf(name), name }, owner, ...(amount === '' ? {} : { amount: { amount, currency } }) };
    try {
      const opened = await send('POST /opportunities', { body }, { idempotencyKey: key });
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
        <Button look="primary" isDisabled={accountIdOf(name) === '' || owner === null} onPress={() => void save()}>
          {t('save')}
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
