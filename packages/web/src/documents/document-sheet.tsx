import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Button } from '../parts/form/button.tsx';
import { Sheet } from '../parts/dialog/sheet.tsx';
import { Bone } from '../parts/message.tsx';
import { DocumentEditor } from './document-editor.tsx';
import type { DocumentSource } from './document-source.ts';
import { ReviewSheet } from './review-sheet.tsx';
import type { Shape } from './shape.ts';
import { useDocument } from './use-document.ts';

type DocumentSheetProps = { readonly title: string; readonly source: DocumentSource; readonly shape: Shape; readonly onClose: () => void };

/** A small document, edited beside what it belongs to; what changes is shown before it is saved. */
export const DocumentSheet = ({ title, source, shape, onClose }: DocumentSheetProps) => {
  const t = useTranslations('documents');
  const [isReviewed, setReviewed] = useState(false);
  const { reading, edited } = useDocument(source);
  const isChanged = edited !== undefined && edited.changes.length > 0;
  return (
    <Sheet
      title={title}
      isOpen
      onClose={onClose}
      foot={
        <>
          {isChanged ? <Button onPress={edited.discard}>{t('discard')}</Button> : null}
          <Button look="primary" isDisabled={!isChanged} onPress={() => setReviewed(true)}>
            {t('review.begin')}
          </Button>
        </>
      }
    >
      {reading.isError ? <FailureMessage error={reading.error} retry={() => void reading.refetch()} /> : null}
      {edited === undefined && !reading.isError ? <Bone height="16rem" /> : null}
      {edited === undefined ? null : <DocumentEditor shape={shape} edited={edited} />}
      {isReviewed && edited !== undefined ? (
        <ReviewSheet title={title} shape={shape} edited={edited} onPublished={onClose} onClose={() => setReviewed(false)} />
      ) : null}
    </Sheet>
  );
};
