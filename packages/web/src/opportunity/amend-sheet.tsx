import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Answer } from '../api/routes.ts';
import { useMe } from '../company/me.ts';
import { useGive } from '../commands/command-context.ts';
import { Button } from '../parts/form/button.tsx';
import { MoneyField } from '../parts/form/money-field.tsx';
import { Sheet } from '../parts/dialog/sheet.tsx';

type AmendSheetProps = {
  readonly opportunity: Pick<Answer<'GET /opportunities/{opportunityId}'>, 'opportunityId' | 'amount'>;
  readonly version: string;
  readonly title: string;
  readonly onClose: () => void;
};

/** Another amount for an opportunity that is still open. */
export const AmendSheet = ({ opportunity: { opportunityId, amount }, version, title, onClose }: AmendSheetProps) => {
  const t = useTranslations('opportunity.amend');
  const me = useMe();
  const give = useGive();
  const currency = amount?.currency ?? me.reportingCurrency ?? 'EUR';
  const [typed, setTyped] = useState(amount?.amount ?? '');
  const save = (): void => {
    const changed = typed === '' ? null : { amount: typed, currency };
    give({
      key: 'POST /opportunities/{opportunityId}/amend',
      request: { path: { opportunityId }, body: { amount: changed }, ifMatch: version },
      entity: `opportunity:${opportunityId}`,
      patch: { amount: changed },
      message: { text: 'amended', values: { account: title } },
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
        <Button look="primary" onPress={save}>
          {t('save')}
        </Button>
      }
    >
      <MoneyField label={t('amount')} currency={currency} value={typed} onChange={setTyped} autoFocus />
    </Sheet>
  );
};
