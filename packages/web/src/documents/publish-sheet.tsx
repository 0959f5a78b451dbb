import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../parts/form/button.tsx';
import { TextField } from '../parts/form/text-field.tsx';
import { Sheet } from '../parts/dialog/sheet.tsx';
import { ChangeList } from './change-list.tsx';
import type { Shape } from './shape.ts';
import type { EditedDocument } from './use-document.ts';

type PublishSheetProps = {
  readonly title: string;
  readonly shape: Shape;
  readonly edited: EditedDocument;
  readonly onPublished: () => void;
  readonly onClose: () => void;
};

/** Shows what publishing would change, and asks for the title to be typed; then it is published at once and not held back. */
export const PublishSheet = ({ title, shape, edited, onPublished, onClose }: PublishSheetProps) => {
  const t = useTranslations('documents');
  const shell = useTranslations('shell');
  const [typed, setTyped] = useState('');
  const [isChecked, setIsChecked] = useState(false);
  const isConfirmed = typed.trim().toLowerCase() === title.toLowerCase();
  const publish = async (): Promise<void> => {
    setIsChecked(true);
    if (!isConfirmed) return;
    const isPublished = await edited.publish();
    onClose();
    if (isPublished) onPublished();
  };
  return (
    <Sheet
      title={t('confirm.title', { title })}
      at="middle"
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{shell('cancel')}</Button>
          <Button look="primary" isDisabled={edited.isPublishing} onPress={() => void publish()}>
            {t('publish')}
          </Button>
        </>
      }
    >
      <ChangeList shape={shape} inForce={edited.base.document} candidate={edited.candidate} changes={edited.changes} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void publish();
        }}
      >
        <TextField
          label={t('confirm.label')}
          hint={t('confirm.text', { word: title })}
          value={typed}
          onChange={setTyped}
          error={isChecked && !isConfirmed ? t('confirm.mismatch', { word: title }) : undefined}
          autoFocus
        />
      </form>
    </Sheet>
  );
};
