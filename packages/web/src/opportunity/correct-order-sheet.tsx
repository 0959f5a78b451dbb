import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useGive } from '../commands/command-context.ts';
import { useMe } from '../company/me.ts';
import { dayOf } from '../format/days.ts';
import { isoNow } from '../format/server-time.ts';
import { Button } from '../parts/form/button.tsx';
import { DayField } from '../parts/form/day-field.tsx';
import { MoneyField } from '../parts/form/money-field.tsx';
import { Sheet } from '../parts/dialog/sheet.tsx';
import { instantOf } from '../record/evidence-draft.ts';
import { ReasonChoice, type CorrectionReason } from './reason-choice.tsx';
import type { Opportunity, SheetProps } from './sheet-props.ts';

type CorrectOrderSheetProps = SheetProps & { readonly order: NonNullable<Opportunity['order']> };

/** Another amount or day for an order. */
export const CorrectOrderSheet = ({ opportunity: { opportunityId }, order, version, title, onClose }: CorrectOrderSheetProps) => {
  const t = useTranslations('opportunity.putRight');
  const me = useMe();
  const give = useGive();
  const before = dayOf(order.orderedAt, me.zone);
  const [typed, setTyped] = useState(order.amount.amount);
  const [day, setDay] = useState(before);
  const [reason, setReason] = useState<CorrectionReason>();
  const isChanged = typed !== order.amount.amount || day !== before;
  const save = (): void => {
    if (reason === undefined) return;
    const amount = { amount: typed, currency: order.amount.currency };
    const orderedAt = day === before ? order.orderedAt : instantOf(day, { today: me.today, now: isoNow(), zone: me.zone });
    give({
      key: 'POST /opportunities/{opportunityId}/order/correct',
      request: { path: { opportunityId }, body: { reason, amount, ...(day === before ? {} : { orderedAt }) }, ifMatch: version },
      entity: `opportunity:${opportunityId}`,
      patch: { amount, order: { ...order, amount, reportingAmount: amount, orderedAt, correctedAt: isoNow() } },
      message: { text: 'orderCorrected', values: { account: title } },
    });
    onClose();
  };
  return (
    <Sheet
      title={t('order.title', { account: title })}
      isOpen
      at="middle"
      onClose={onClose}
      foot={
        <Button look="primary" isDisabled={reason === undefined || typed === '' || !isChanged} onPress={save}>
          {t('order.save')}
        </Button>
      }
    >
      <MoneyField
        label={t('order.amount')}
        currency={order.amount.currency}
        value={typed}
        onChange={setTyped}
        hint={order.cancelledParts.length === 0 ? undefined : t('order.partHint')}
        autoFocus
      />
      <DayField label={t('order.day')} value={day} latest={me.today} onChange={setDay} />
      <ReasonChoice value={reason} onChange={setReason} />
      <small>
        {t('order.credit')} {t('history')}
      </small>
    </Sheet>
  );
};
