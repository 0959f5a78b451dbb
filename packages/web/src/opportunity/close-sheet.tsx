import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useGive } from '../commands/command-context.ts';
import { Button } from '../parts/form/button.tsx';
import { Choice } from '../parts/form/choice.tsx';
import { Sheet } from '../parts/dialog/sheet.tsx';
import { TextField } from '../parts/form/text-field.tsx';

type CloseSheetProps = {
  readonly kind: 'lose' | 'cancel';
  readonly opportunityId: string;
  readonly version: string;
  readonly title: string;
  readonly onClose: () => void;
};

const lossReasons = ['price', 'competitor', 'no-budget', 'no-decision', 'no-need', 'timing', 'other'] as const;
const cancelReasons = ['customer-withdrew', 'not-paid', 'not-deliverable', 'wrong-entry', 'other'] as const;

/** Closes an opportunity as lost, or cancels its order, with a reason. */
export const CloseSheet = ({ kind, opportunityId, version, title, onClose }: CloseSheetProps) => {
  const t = useTranslations('opportunity');
  const give = useGive();
  const [lossReason, setLossReason] = useState<(typeof lossReasons)[number]>();
  const [cancelReason, setCancelReason] = useState<(typeof cancelReasons)[number]>();
  const [note, setNote] = useState('');
  const entity = `opportunity:${opportunityId}`;
  const path = { opportunityId };
  const save = (): void => {
    if (kind === 'lose' && lossReason !== undefined)
      give({
        key: 'POST /opportunities/{opportunityId}/lose',
        request: { path, body: { reason: lossReason, ...(note.trim() === '' ? {} : { note }) }, ifMatch: version },
        entity,
        patch: { status: 'lost', lossReason },
        message: { text: 'lost', values: { account: title } },
      });
    if (kind === 'cancel' && cancelReason !== undefined)
      give({
        key: 'POST /opportunities/{opportunityId}/cancel',
        request: { path, body: { reason: cancelReason }, ifMatch: version },
        entity,
        patch: { status: 'cancelled', cancelReason },
        message: { text: 'cancelled', values: { account: title } },
      });
    onClose();
  };
  const isReady = (kind === 'lose' ? lossReason : cancelReason) !== undefined;
  return (
    <Sheet
      title={t(`${kind}.title`, { account: title })}
      isOpen
      at="middle"
      onClose={onClose}
      foot={
        <Button look="primary" isDisabled={!isReady} onPress={save}>
          {t(`${kind}.save`)}
        </Button>
      }
    >
      {kind === 'lose' ? (
        <Choice
          label={t('lose.reason')}
          value={lossReason ?? ''}
          options={lossReasons.map((id) => ({ id, label: t(`lossReasons.${id}`) }))}
          onChange={(id) => setLossReason(lossReasons.find((each) => each === id))}
        />
      ) : (
        <Choice
          label={t('cancel.reason')}
          value={cancelReason ?? ''}
          options={cancelReasons.map((id) => ({ id, label: t(`cancelReasons.${id}`) }))}
          onChange={(id) => setCancelReason(cancelReasons.find((each) => each === id))}
        />
      )}
      {kind === 'lose' ? <TextField label={t('lose.note')} hint={t('lose.noteHint')} isLong value={note} onChange={setNote} /> : null}
      <p>{t(`${kind}.final`)}</p>
    </Sheet>
  );
};
