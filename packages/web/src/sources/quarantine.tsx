import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useReadPages } from '../api/use-read-pages.ts';
import type { Item } from '../api/routes.ts';
import { useWriting } from '../company/me.ts';
import { instant } from '../format/days.ts';
import { Card } from '../parts/card.tsx';
import { Button } from '../parts/form/button.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Bone } from '../parts/message.tsx';
import { useReasonText } from './reason-text.ts';
import styles from './sources-screen.module.css';
import { SubmissionSheet, type Submission } from './submission-sheet.tsx';

/** What could not be understood: readable, and released by a person. */
export const Quarantine = ({ sources }: { readonly sources: readonly Item<'GET /sources'>[] }) => {
  const t = useTranslations('sources');
  const shell = useTranslations('shell');
  const { locale, zone } = useWriting();
  const [open, setOpen] = useState<Submission>();
  const [done, setDone] = useState<'released' | 'purged'>();
  const reading = useReadPages('GET /submissions', { query: { limit: 50 } });
  const reasonText = useReasonText();
  const nameOf = (sourceId: string): string => sources.find((source) => source.sourceId === sourceId)?.name ?? sourceId;
  return (
    <Card title={t('quarantine')} under={t('quarantineText')}>
      <p role="status" className={styles['done']} hidden={done === undefined}>
        <CircleCheck size={16} aria-hidden="true" /> {done === undefined ? null : t(done)}
      </p>
      {reading.items === undefined && !reading.isError ? <Bone height="6rem" /> : null}
      {reading.isError ? <FailureMessage error={reading.error} retry={() => void reading.refetch()} /> : null}
      {reading.items?.length === 0 ? <p>{t('quarantineEmpty')}</p> : null}
      <ul className={styles['rows']}>
        {reading.items?.map((submission) => (
          <li key={submission.submissionId}>
            <span>
              {nameOf(submission.sourceId)}: {reasonText(submission.reason)}
              <br />
              <small>{t('storedAt', { time: instant(locale, submission.storedAt, zone) })}</small>
            </span>
            <Button onPress={() => setOpen(submission)}>{t('show')}</Button>
          </li>
        ))}
      </ul>
      {reading.more === undefined ? null : (
        <Button isDisabled={reading.more.isLoading} onPress={reading.more.load}>
          {shell('loadMore')}
        </Button>
      )}
      {open === undefined ? null : (
        <SubmissionSheet
          submission={open}
          sourceName={nameOf(open.sourceId)}
          onDone={(what) => {
            setDone(what);
            setOpen(undefined);
          }}
          onClose={() => setOpen(undefined)}
        />
      )}
    </Card>
  );
};
