import { Check } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useMe } from '../company/me.ts';
import { ChangeList } from '../documents/change-list.tsx';
import { DocumentEditor } from '../documents/document-editor.tsx';
import { DocumentReading } from '../documents/document-reading.tsx';
import { PublishSheet } from '../documents/publish-sheet.tsx';
import { useDocument, type EditedDocument } from '../documents/use-document.ts';
import type { Shape } from '../documents/shape.ts';
import { useKeys } from '../keyboard/keys.tsx';
import { Card } from '../parts/card.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Tag } from '../parts/figures/tag.tsx';
import { Button } from '../parts/form/button.tsx';
import { Bone } from '../parts/message.tsx';
import { Screen } from '../parts/screen.tsx';
import { RehearsalCard } from './rehearsal-card.tsx';
import { mayPublishRule, type RuleDocument } from './rule-documents.ts';
import { useRehearsal } from './use-rehearsal.ts';
import { useRuleShape } from './use-rule-shape.ts';
import styles from './rules-screen.module.css';

type WorkbenchProps = { readonly rule: RuleDocument; readonly shape: Shape; readonly edited: EditedDocument };

/** What is in force, the candidate, and what it would change, side by side. */
const Columns = ({ rule, shape, edited, children }: WorkbenchProps & { readonly children: ReactNode }) => {
  const t = useTranslations('documents');
  const rules = useTranslations('rules');
  const { version } = edited.inForce;
  const count = edited.changes.length;
  const mayPublish = mayPublishRule(rule, useMe().roles);
  const publishers = useTranslations('shell')('roles.operations');
  return (
    <div className={styles['columns']} data-only={mayPublish ? undefined : ''}>
      <Card title={t('inForce')} under={version === '0' || version === '' ? t('never') : t('version', { version })}>
        <DocumentReading shape={shape} value={edited.inForce.document} />
        {mayPublish ? null : <p>{rules('readOnly', { roles: publishers })}</p>}
      </Card>
      {mayPublish ? (
        <Card
          title={t('candidate')}
          actions={count === 0 ? <Tag>{t('unchanged')}</Tag> : <Tag look="accent">{t('changed', { count })}</Tag>}
        >
          <DocumentEditor shape={shape} edited={edited} />
        </Card>
      ) : null}
      {mayPublish ? <div className={styles['third']}>{children}</div> : null}
    </div>
  );
};

const Workbench = ({ rule, shape, edited, filters, reading }: WorkbenchProps & ScreenParts) => {
  const t = useTranslations('rules');
  const words = useTranslations('documents');
  const { roles } = useMe();
  const rehearsal = useRehearsal(rule.id, edited);
  const [isPublishing, setPublishing] = useState(false);
  const [isPublished, setPublished] = useState(false);
  const title = t(`names.${rule.id}`);
  const isChanged = edited.changes.length > 0;
  const mayPublish = isChanged && (!rule.needsRehearsal || rehearsal.isRehearsed);
  const begin = (): void => setPublishing(mayPublish);
  useKeys(
    mayPublishRule(rule, roles)
      ? [
          { keys: 'p', label: t('rehearse'), run: rehearsal.rehearse },
          { keys: 'v', label: words('publish'), run: begin },
        ]
      : [],
  );
  return (
    <Screen
      title={t('title')}
      under={t(`explained.${rule.id}`)}
      freshness={reading}
      filters={filters}
      actions={
        mayPublishRule(rule, roles) ? (
          <>
            {isPublished && !isChanged ? (
              <span role="status" className={styles['published']}>
                <Check size={16} aria-hidden="true" />
                {words('published', { title })}
              </span>
            ) : null}
            {isChanged ? <Button onPress={edited.discard}>{words('discard')}</Button> : null}
            <Button look="primary" hint="V" isDisabled={!mayPublish} onPress={begin}>
              {words('publish')}
            </Button>
          </>
        ) : undefined
      }
    >
      <Columns rule={rule} shape={shape} edited={edited}>
        <Card title={t('change')}>
          <ChangeList shape={shape} inForce={edited.base.document} candidate={edited.candidate} changes={edited.changes} />
        </Card>
        <RehearsalCard rule={rule} rehearsal={rehearsal} isChanged={isChanged} />
      </Columns>
      {isPublishing ? (
        <PublishSheet
          title={title}
          shape={shape}
          edited={edited}
          onPublished={() => setPublished(true)}
          onClose={() => setPublishing(false)}
        />
      ) : null}
    </Screen>
  );
};

type ScreenParts = { readonly filters: ReactNode; readonly reading: ReturnType<typeof useDocument>['reading'] };

/** One document of rules, once it was read. */
export const RuleWorkbench = ({ rule, filters }: { readonly rule: RuleDocument; readonly filters: ReactNode }) => {
  const t = useTranslations('rules');
  const shape = useRuleShape(rule.id);
  const { reading, edited } = useDocument(rule.source);
  if (edited !== undefined) return <Workbench rule={rule} shape={shape} edited={edited} filters={filters} reading={reading} />;
  return (
    <Screen title={t('title')} under={t(`explained.${rule.id}`)} freshness={reading} filters={filters}>
      {reading.isError ? <FailureMessage error={reading.error} retry={() => void reading.refetch()} /> : <Bone height="30rem" />}
    </Screen>
  );
};
