import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Request } from '../api/routes.ts';
import { useGive } from '../commands/command-context.ts';
import { useMe, useWriting } from '../company/me.ts';
import { dayOf } from '../format/days.ts';
import { isoNow } from '../format/server-time.ts';
import { money } from '../format/figures.ts';
import { Button } from '../parts/form/button.tsx';
import { Choice } from '../parts/form/choice.tsx';
import { DayField } from '../parts/form/day-field.tsx';
import { MoneyField } from '../parts/form/money-field.tsx';
import { Sheet } from '../parts/dialog/sheet.tsx';
import { instantOf } from '../record/evidence-draft.ts';
import type { Opportunity, SheetProps } from './sheet-props.ts';

type Reason = NonNullable<Request<'POST /opportunities/{opportunityId}/cancel'>['body']['reason']>;
type CancelSheetProps = SheetProps & { readonly order: NonNullable<Opportunity['order']> };

const reasons = ['customer-withdrew', 'not-paid', 'not-deliverable', 'wrong-entry', 'other'] as const satisfies readonly Reason[];
const extents = ['whole', 'part'] as const;

/** Cancels an order or a part of it, on the day on which the customer cancelled. */
export const CancelSheet = ({ opportunity: { opportunityId }, order, version, title, onClose }: CancelSheetProps) => {
  const t = useTranslations('opportunity');
  const me = useMe();
  const { locale } = useWriting();
  const give = useGive();
  const [extent, setExtent] = useState<(typeof extents)[number]>('whole');
  const [typed, setTyped] = useState('');
  const [day, setDay] = useState<string>(me.today);
  const [reason, setReason] = useState<Reason>();
  const isPart = extent === 'part';
  const save = (): void => {
    if (reason === undefined) return;
    const now = isoNow();
    const part = isPart ? { amount: { amount: typed, currency: order.amount.currency } } : {};
    const noon = instantOf(day, { today: me.today, now, zone: me.zone });
    // on the day of the order itself it was cancelled after it was placed
    const cancelledAt = day === dayOf(order.orderedAt, me.zone) && noon < order.orderedAt ? order.orderedAt : noon;
    give({
      key: 'POST /opportunities/{opportunityId}/cancel',
      request: {
        path: { opportunityId },
        body: { reason, ...part, ...(day === me.today ? {} : { cancelledAt }) },
        ifMatch: version,
      },
      entity: `opportunity:${opportunityId}`,
      patch: isPart ? {} : { status: 'cancelled', cancelReason: reason },
      message: { text: isPart ? 'partCancelled' : 'cancelled', values: { account: title } },
    });
    onClose();
  };
  return (
    <Sheet
      title={t('cancel.title', { account: title })}
      isOpen
      at="middle"
      onClose={onClose}
      foot={
        <Button look="primary" isDisabled={reason === undefined || (isPart && typed === '')} onPress={save}>
          {t('cancel.save')}
        </Button>
      }
    >
      <Choice
        label={t('cancel.extent')}
        value={extent}
        options={extents.map((id) => ({ id, label: t(`cancel.extents.${id}`) }))}
        onChange={setExtent}
      />
      {isPart ? (
        <MoneyField
          label={t('cancel.amount')}
          currency={order.amount.currency}
          value={typed}
          onChange={setTyped}
          hint={t('cancel.amountHint', { amount: money(locale, order.amount) })}
        />
      ) : null}
      <DayField label={t('cancel.day')} value={day} latest={me.today} onChange={setDay} />
      <Choice<Reason | ''>
        label={t('cancel.reason')}
        value={reason ?? ''}
        options={reasons.map((id) => ({ id, label: t(`cancelReasons.${id}`) }))}
        onChange={(id) => (id === '' ? undefined : setReason(id))}
      />
      <small>{t(isPart ? 'cancel.finalPart' : 'cancel.final')}</small>
    </Sheet>
  );
};
