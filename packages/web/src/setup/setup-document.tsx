import { Link } from '@tanstack/react-router';
import { ArrowLeft, ArrowRight, CircleCheck } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { ChangeList } from '../documents/change-list.tsx';
import { DocumentEditor } from '../documents/document-editor.tsx';
import type { DocumentSource } from '../documents/document-source.ts';
import type { Json } from '../documents/json.ts';
import { ReviewSheet } from '../documents/review-sheet.tsx';
import type { Shape } from '../documents/shape.ts';
import { useDocument, type EditedDocument } from '../documents/use-document.ts';
import { useKeys } from '../keyboard/keys.tsx';
import { Card } from '../parts/card.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Tag } from '../parts/figures/tag.tsx';
import { Button } from '../parts/form/button.tsx';
import { Bone } from '../parts/message.tsx';
import { Screen } from '../parts/screen.tsx';
import { useSteps } from './steps.ts';
import styles from './setup-screen.module.css';

type SetupDocumentProps = {
  readonly title: string;
  readonly why: string;
  readonly source: DocumentSource;
  /** one for each candidate where names in it are words of its shape */
  readonly shape: Shape | ((candidate: Json) => Shape);
  /** shown instead of the outline */
  readonly editor?: (edited: EditedDocument) => ReactNode;
  /** stands below the editor */
  readonly below?: ReactNode;
};

/** A step that is a document: edited here, compared with what is in force, and saved against the version that was read. */
export const SetupDocument = ({ title, why, source, shape: given, editor, below }: SetupDocumentProps) => {
  const t = useTranslations('setup');
  const words = useTranslations('documents');
  const [isReviewed, setReviewed] = useState(false);
  const [isSaved, setSaved] = useState(false);
  const { reading, edited } = useDocument(source);
  const { next } = useSteps();
  const shape = typeof given === 'function' ? given(edited?.candidate ?? null) : given;
  const isNew = edited?.base.version === '0';
  const mayReview = edited !== undefined && (isNew || edited.changes.length > 0);
  useKeys(mayReview ? [{ keys: 'v', label: words('review.begin'), run: () => setReviewed(true) }] : []);
  return (
    <Screen
      title={title}
      freshness={reading}
      filters={
        <Link to="/setup">
          <ArrowLeft size={14} aria-hidden="true" /> {t('back')}
        </Link>
      }
      actions={
        <>
          {edited !== undefined && edited.changes.length > 0 ? <Button onPress={edited.discard}>{words('discard')}</Button> : null}
          <Button look="primary" hint="V" isDisabled={!mayReview} onPress={() => setReviewed(true)}>
            {words('review.begin')}
          </Button>
        </>
      }
    >
      <p className={styles['explained']}>{why}</p>
      {reading.isError ? <FailureMessage error={reading.error} retry={() => void reading.refetch()} /> : null}
      {edited === undefined && !reading.isError ? <Bone height="24rem" /> : null}
      {isSaved && !mayReview ? (
        <p role="status" className={styles['saved']}>
          <CircleCheck size={18} aria-hidden="true" /> {t('document.saved')}{' '}
          <Link to={next?.path ?? '/setup'}>
            {next === undefined ? t('document.toChecklist') : t('document.nextStep', { step: t(`steps.${next.id}.title`) })}
            <ArrowRight size={14} aria-hidden="true" />
          </Link>
        </p>
      ) : null}
      {edited === undefined ? null : (
        <div className={styles['columns']}>
          <div className={styles['panels']}>
            {editor === undefined ? (
              <Card title={title}>
                <DocumentEditor shape={shape} edited={edited} />
              </Card>
            ) : (
              editor(edited)
            )}
            {below}
          </div>
          <Card
            title={t('document.changes')}
            actions={
              <Tag look={isNew ? 'warning' : 'plain'}>
                {isNew
                  ? t('document.isNew')
                  : /^\d+$/.test(edited.inForce.version)
                    ? t('document.version', { version: edited.inForce.version })
                    : words('inForce')}
              </Tag>
            }
          >
            {isNew && edited.changes.length === 0 ? (
              <p className={styles['why']}>{t('document.startsWith')}</p>
            ) : (
              <ChangeList shape={shape} inForce={edited.base.document} candidate={edited.candidate} changes={edited.changes} />
            )}
          </Card>
        </div>
      )}
      {isReviewed && edited !== undefined ? (
        <ReviewSheet title={title} shape={shape} edited={edited} onPublished={() => setSaved(true)} onClose={() => setReviewed(false)} />
      ) : null}
    </Screen>
  );
};
