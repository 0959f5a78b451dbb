import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useWriting } from '../company/me.ts';
import { useGive } from '../commands/command-context.ts';
import { wholeMoney } from '../format/figures.ts';
import { Button } from '../parts/form/button.tsx';
import { MoneyField } from '../parts/form/money-field.tsx';
import { Sheet } from '../parts/dialog/sheet.tsx';
import { TextField } from '../parts/form/text-field.tsx';
import type { Asked, Forecast } from './forecast-reading.ts';
import { judgementEntity } from './use-judgement.ts';

type SheetProps = { readonly asked: Asked; readonly forecast: Forecast; readonly onClose: () => void };

/** Asks for an own figure and why; the computed one stands beside it. */
export const JudgementSheet = ({ asked, forecast, onClose }: SheetProps) => {
  const t = useTranslations('forecast.judgement');
  const shell = useTranslations('shell');
  const { locale } = useWriting();
  const give = useGive();
  const [amount, setAmount] = useState('');
  const [reason, setReason] = useState('');
  const [isChecked, setIsChecked] = useState(false);
  const { currency } = forecast.mean;
  const submit = (): void => {
    setIsChecked(true);
    if (amount === '' || reason.trim() === '') return;
    give({
      key: 'POST /forecasts/judgements',
      request: { body: { ...asked, amount: { amount, currency }, reason: reason.trim() } },
      entity: judgementEntity(asked),
      patch: { amount: { amount, currency }, reason: reason.trim() },
      message: { text: 'judgementMade' },
    });
    onClose();
  };
  return (
    <Sheet
      title={t('sheet')}
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{shell('cancel')}</Button>
          <Button look="primary" onPress={submit}>
            {t('submit')}
          </Button>
        </>
      }
    >
      <p>
        {t('computed', {
          mean: wholeMoney(locale, forecast.mean),
          low: wholeMoney(locale, forecast.p10),
          high: wholeMoney(locale, forecast.p90),
        })}
      </p>
      <MoneyField
        label={t('amount')}
        currency={currency}
        value={amount}
        onChange={setAmount}
        autoFocus
        error={isChecked && amount === '' ? t('amountMissing') : undefined}
      />
      <TextField
        label={t('reason')}
        hint={t('reasonHint')}
        value={reason}
        onChange={setReason}
        isLong
        error={isChecked && reason.trim() === '' ? t('reasonMissing') : undefined}
      />
    </Sheet>
  );
};
