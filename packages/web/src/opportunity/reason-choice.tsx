import { useTranslations } from 'use-intl';
import type { Request } from '../api/routes.ts';
import { Choice } from '../parts/form/choice.tsx';

export type CorrectionReason = NonNullable<Request<'POST /opportunities/{opportunityId}/order/correct'>['body']['reason']>;

const reasons = [
  'wrong-entry',
  'misunderstood',
  'wrong-opportunity',
  'customer-took-back',
  'other',
] as const satisfies readonly CorrectionReason[];

type ReasonChoiceProps = { readonly value: CorrectionReason | undefined; readonly onChange: (reason: CorrectionReason) => void };

/** Why something is put right. */
export const ReasonChoice = ({ value, onChange }: ReasonChoiceProps) => {
  const t = useTranslations('opportunity.putRight');
  return (
    <Choice<CorrectionReason | ''>
      label={t('reason')}
      value={value ?? ''}
      options={reasons.map((id) => ({ id, label: t(`reasons.${id}`) }))}
      onChange={(id) => (id === '' ? undefined : onChange(id))}
    />
  );
};
