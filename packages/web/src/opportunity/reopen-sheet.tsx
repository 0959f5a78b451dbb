import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Request } from '../api/routes.ts';
import { useGive } from '../commands/command-context.ts';
import { Button } from '../parts/form/button.tsx';
import { Choice } from '../parts/form/choice.tsx';
import { Sheet } from '../parts/dialog/sheet.tsx';
import type { SheetProps } from './sheet-props.ts';

type Reason = NonNullable<Request<'POST /opportunities/{opportunityId}/reopen'>['body']['reason']>;

const reasons = ['customer-came-back', 'wrong-entry', 'other'] as const satisfies readonly Reason[];

/** Opens again what was lost or cancelled, as it was before. */
export const ReopenSheet = ({ opportunity: { opportunityId, status }, version, title, onClose }: SheetProps) => {
  const t = useTranslations('opportunity.reopen');
  const give = useGive();
  const [reason, setReason] = useState<Reason>();
  const save = (): void => {
    if (reason === undefined) return;
    give({
      key: 'POST /opportunities/{opportunityId}/reopen',
      request: { path: { opportunityId }, body: { reason }, ifMatch: version },
      entity: `opportunity:${opportunityId}`,
      patch: { status: 'open', lossReason: null, cancelReason: null, loss: null, order: null },
      message: { text: 'reopened', values: { account: title } },
    });
    onClose();
  };
  return (
    <Sheet
      title={t('title', { account: title })}
      isOpen
      at="middle"
      onClose={onClose}
      foot={
        <Button look="primary" isDisabled={reason === undefined} onPress={save}>
          {t('save')}
        </Button>
      }
    >
      <Choice<Reason | ''>
        label={t('reason')}
        value={reason ?? ''}
        options={reasons.map((id) => ({ id, label: t(`reasons.${id}`) }))}
        onChange={(id) => (id === '' ? undefined : setReason(id))}
      />
      <small>{t(status === 'cancelled' ? 'cancelled' : 'lost')}</small>
    </Sheet>
  );
};
