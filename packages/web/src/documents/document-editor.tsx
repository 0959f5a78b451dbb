import { useTranslations } from 'use-intl';
import { useFailureText } from '../parts/failure-message.tsx';
import { Button } from '../parts/form/button.tsx';
import { ConflictComparison } from './conflict-comparison.tsx';
import { positionIn } from './edit-document.ts';
import { RefusedPartContext, type RefusedPart } from './editor-context.ts';
import { isRecord } from './json.ts';
import { NodeEditor } from './outline.tsx';
import type { Shape } from './shape.ts';
import type { EditedDocument } from './use-document.ts';
import styles from './document-editor.module.css';

type DocumentEditorProps = { readonly shape: Shape; readonly edited: EditedDocument };

/** A refusal in the reader's words, and where in the document it is; a request that does not fit the contract names its first field. */
const useRefusedPart = ({ refusal }: EditedDocument): RefusedPart | undefined => {
  const textOf = useFailureText();
  if (refusal === undefined) return undefined;
  const path = refusal.field ?? refusal.issues?.[0]?.path ?? '';
  return { position: positionIn(path.replace(/^body\./, '')), text: textOf(refusal) };
};

/** Edits the candidate of a document: refusals at their fields, and the comparison when somebody else has published meanwhile. */
export const DocumentEditor = ({ shape, edited }: DocumentEditorProps) => {
  const t = useTranslations('documents');
  const refused = useRefusedPart(edited);
  const { conflict } = edited;
  return (
    <RefusedPartContext value={refused}>
      {refused === undefined ? null : (
        <div role="alert" className={styles['refusal']}>
          <strong>{t('refused')}</strong>
          <p>{refused.text}</p>
        </div>
      )}
      {edited.isStale ? (
        <div role="status" className={styles['stale']}>
          <p>{t('stale.text')}</p>
          <Button onPress={edited.compare}>{t('stale.action')}</Button>
        </div>
      ) : null}
      <NodeEditor
        shape={shape}
        label=""
        value={edited.candidate}
        position={[]}
        onChange={(next) => edited.edit(next ?? (isRecord(edited.candidate) ? {} : []))}
      />
      {conflict === undefined ? null : (
        <ConflictComparison
          shape={shape}
          draft={conflict.draft}
          published={conflict.published}
          onPick={edited.pick}
          onClose={edited.closeComparison}
        />
      )}
    </RefusedPartContext>
  );
};
