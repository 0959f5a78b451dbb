import { CircleCheck } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useReadPages } from '../api/use-read-pages.ts';
import { useFilter } from '../app/filter.ts';
import { useWriting } from '../company/me.ts';
import { instant } from '../format/days.ts';
import { Card } from '../parts/card.tsx';
import { Button } from '../parts/form/button.tsx';
import { Choice } from '../parts/form/choice.tsx';
import { Pick } from '../parts/form/pick.tsx';
import { TextField } from '../parts/form/text-field.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { useReasonText } from '../sources/reason-text.ts';
import { TrialOutcome } from '../sources/trial-outcome.tsx';
import { TrialTable } from '../sources/trial-table.tsx';
import { useTrial, type Tried } from '../sources/trial.ts';
import { useTargetName } from '../sources/target-name.ts';
import { MappingComparison } from './mapping-comparison.tsx';
import { mappingChanges, targetIn, withTarget } from './mapping-draft.ts';
import type { Mapping, Source } from './source-settings.ts';
import styles from './source-screen.module.css';
import { TargetPick } from './target-pick.tsx';
import { useSavedMapping } from './use-saved-mapping.ts';

const contentTypes = { form: 'application/x-www-form-urlencoded', json: 'application/json' } as const;

/** The mapping of a source, tried on a payload line by line before it is saved. */
export const MappingCard = ({ source, version }: { readonly source: Source; readonly version: string }) => {
  const t = useTranslations('source.mapping');
  const sources = useTranslations('sources.trial');
  const { locale, zone } = useWriting();
  const reasonText = useReasonText();
  const nameOf = useTargetName();
  const [filter, change] = useFilter();
  const [body, setBody] = useState('');
  const [format, setFormat] = useState<keyof typeof contentTypes>(source.provider === 'html-form' ? 'form' : 'json');
  const [draft, setDraft] = useState<Mapping>();
  const [isComparing, setComparing] = useState(false);
  const { trial, failure, run, clear } = useTrial(source.sourceId);
  const waiting = useReadPages('GET /submissions', { query: { limit: 50 } }).items?.filter(({ sourceId }) => sourceId === source.sourceId);
  const submissionId = waiting?.find((each) => each.submissionId === filter['submission'])?.submissionId;
  const mapping = draft ?? source.mapping;
  const changes = mappingChanges(source.mapping, mapping);
  const saved = useSavedMapping(source, version, mapping, () => {
    setDraft(undefined);
    setComparing(false);
  });
  const tried = (next: Mapping): Tried => ({
    ...(submissionId === undefined ? { body, contentType: contentTypes[format] } : { submissionId }),
    settings: { mapping: next },
  });
  const choose = (path: string, target: string): void => {
    const next = withTarget(mapping, trial?.explanation ?? [], path, targetIn(target));
    setDraft(next);
    void run(tried(next));
  };
  // Whoever comes from the quarantine wants to see at once what their submission would become.
  useEffect(() => {
    if (submissionId !== undefined) void run({ submissionId, settings: {} });
  }, [submissionId, run]);
  return (
    <Card title={t('title')} under={t('under')} isWide>
      <p className={styles['soft']}>
        {Object.keys(source.mapping).length === 0
          ? t('usual')
          : t('given', {
              fields: Object.entries(source.mapping)
                .map(([path, target]) => `${path} → ${nameOf(target)}`)
                .join(', '),
            })}
      </p>
      {saved.isSaved ? (
        <p role="status">
          <CircleCheck size={16} aria-hidden="true" /> {t('saved')}
        </p>
      ) : null}
      <div className={styles['trial']}>
        <div className={styles['column']}>
          {waiting === undefined || waiting.length === 0 ? null : (
            <Pick
              label={t('from')}
              value={submissionId ?? ''}
              groups={[
                {
                  options: [
                    { id: '', label: t('paste') },
                    ...waiting.map((each) => ({
                      id: each.submissionId,
                      label: t('submission', { time: instant(locale, each.storedAt, zone), reason: reasonText(each.reason) }),
                    })),
                  ],
                },
              ]}
              onChange={(id) => {
                clear();
                change({ submission: id === '' ? undefined : id });
              }}
            />
          )}
          {submissionId === undefined ? (
            <>
              <Choice
                label={t('format')}
                value={format}
                options={(['form', 'json'] as const).map((id) => ({ id, label: t(`formats.${id}`) }))}
                onChange={setFormat}
              />
              <TextField label={t('payload')} hint={t('payloadHint')} isLong value={body} onChange={setBody} maxLength={100_000} />
            </>
          ) : null}
          <div>
            <Button isDisabled={submissionId === undefined && body.trim() === ''} onPress={() => void run(tried(mapping))}>
              {sources('button')}
            </Button>
          </div>
        </div>
        <div className={styles['column']}>
          {failure === undefined ? null : <FailureMessage error={failure} />}
          {trial === undefined ? null : (
            <>
              <TrialOutcome of={trial} />
              <TrialTable
                trial={trial}
                targetField={({ path, target }) => (
                  <TargetPick path={path} target={mapping[path] ?? target} onChange={(chosen) => choose(path, chosen)} />
                )}
              />
            </>
          )}
        </div>
      </div>
      {changes.length === 0 ? null : (
        <div className={styles['changed']}>
          <p>{t('changed')}</p>
          <Button onPress={() => setDraft(undefined)}>{t('drop')}</Button>
          <Button look="primary" onPress={() => setComparing(true)}>
            {t('save')}
          </Button>
        </div>
      )}
      {saved.isStale ? <p role="alert">{t('stale')}</p> : null}
      {isComparing ? (
        <MappingComparison changes={changes} failure={saved.failure} onSave={() => void saved.save()} onClose={() => setComparing(false)} />
      ) : null}
    </Card>
  );
};
