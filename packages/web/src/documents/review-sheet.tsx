import { useTranslations } from 'use-intl';
import { Button } from '../parts/form/button.tsx';
import { Sheet } from '../parts/dialog/sheet.tsx';
import { ChangeList } from './change-list.tsx';
import { DocumentReading } from './document-reading.tsx';
import type { Shape } from './shape.ts';
import type { EditedDocument } from './use-document.ts';

type ReviewSheetProps = {
  readonly title: string;
  readonly shape: Shape;
  readonly edited: EditedDocument;
  readonly onPublished: () => void;
  readonly onClose: () => void;
};

/** What saving would change against what is in force, or the whole of a document that is new; then it is published. */
export const ReviewSheet = ({ title, shape, edited, onPublished, onClose }: ReviewSheetProps) => {
  const t = useTranslations('documents');
  const shell = useTranslations('shell');
  const save = async (): Promise<void> => {
    const isPublished = await edited.publish();
    onClose();
    if (isPublished) onPublished();
  };
  return (
    <Sheet
      title={t('review.title', { title })}
      at="middle"
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{shell('cancel')}</Button>
          <Button look="primary" autoFocus isDisabled={edited.isPublishing} onPress={() => void save()}>
            {t('review.save')}
          </Button>
        </>
      }
    >
      {edited.changes.length === 0 ? (
        <DocumentReading shape={shape} value={edited.candidate} />
      ) : (
        <ChangeList shape={shape} inForce={edited.base.document} candidate={edited.candidate} changes={edited.changes} />
      )}
    </Sheet>
  );
};
