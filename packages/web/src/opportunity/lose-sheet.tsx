import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useGive } from '../commands/command-context.ts';
import { Button } from '../parts/form/button.tsx';
import { Choice } from '../parts/form/choice.tsx';
import { Sheet } from '../parts/dialog/sheet.tsx';
import { TextField } from '../parts/form/text-field.tsx';

type LoseSheetProps = {
  readonly opportunity: { readonly opportunityId: string };
  readonly version: string;
  readonly title: string;
  readonly onClose: () => void;
};

const reasons = ['price', 'competitor', 'no-budget', 'no-decision', 'no-need', 'timing', 'other'] as const;
type Reason = (typeof reasons)[number];

/** Closes an opportunity as lost, with a reason. */
export const LoseSheet = ({ opportunity: { opportunityId }, version, title, onClose }: LoseSheetProps) => {
  const t = useTranslations('opportunity');
  const give = useGive();
  const [reason, setReason] = useState<Reason>();
  const [note, setNote] = useState('');
  const save = (): void => {
    if (reason === undefined) return;
    give({
      key: 'POST /opportunities/{opportunityId}/lose',
      request: { path: { opportunityId }, body: { reason, ...(note.trim() === '' ? {} : { note }) }, ifMatch: version },
      entity: `opportunity:${opportunityId}`,
      patch: { status: 'lost', lossReason: reason },
      message: { text: 'lost', values: { account: title } },
    });
    onClose();
  };
  return (
    <Sheet
      title={t('lose.title', { account: title })}
      isOpen
      at="middle"
      onClose={onClose}
      foot={
        <Button look="primary" isDisabled={reason === undefined} onPress={save}>
          {t('lose.save')}
        </Button>
      }
    >
      <Choice<Reason | ''>
        label={t('lose.reason')}
        value={reason ?? ''}
        options={reasons.map((id) => ({ id, label: t(`lossReasons.${id}`) }))}
        onChange={(id) => (id === '' ? undefined : setReason(id))}
      />
      <TextField label={t('lose.note')} hint={t('lose.noteHint')} isLong value={note} onChange={setNote} />
      <p>{t('lose.final')}</p>
    </Sheet>
  );
};
