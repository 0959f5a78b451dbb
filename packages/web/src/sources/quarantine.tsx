import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useReadPages } from '../api/use-read-pages.ts';
import { useRead } from '../api/use-read.ts';
import type { Item } from '../api/routes.ts';
import { useSend } from '../app/api.ts';
import { useWriting } from '../company/me.ts';
import { instant } from '../format/days.ts';
import { Button } from '../parts/form/button.tsx';
import { Facts } from '../parts/figures/facts.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Bone } from '../parts/message.tsx';
import { Card } from '../parts/card.tsx';
import { Sheet } from '../parts/dialog/sheet.tsx';
import { useReasonText } from './reason-text.ts';
import styles from './sources-screen.module.css';

type Submission = Item<'GET /submissions'>;

const SubmissionSheet = ({ submission, onClose }: { readonly submission: Submission; readonly onClose: () => void }) => {
  const t = useTranslations('sources');
  const send = useSend();
  const client = useQueryClient();
  const [key] = useState(() => crypto.randomUUID());
  const [failure, setFailure] = useState<unknown>();
  const reasonText = useReasonText();
  const { submissionId, reason } = submission;
  const reading = useRead('GET /submissions/{submissionId}', { path: { submissionId } }, { rhythm: 'once' });
  const fields = reading.data?.body.fields;
  const release = async (): Promise<void> => {
    try {
      await send('POST /submissions/{submissionId}/release', { path: { submissionId } }, { idempotencyKey: key });
      await client.invalidateQueries();
      onClose();
    } catch (error) {
      setFailure(error);
    }
  };
  return (
    <Sheet
      title={reasonText(reason)}
      isOpen
      onClose={onClose}
      foot={
        <Button look="primary" onPress={() => void release()}>
          {t('release')}
        </Button>
      }
    >
      {failure === undefined ? null : <FailureMessage error={failure} />}
      {reading.isError ? <FailureMessage error={reading.error} /> : null}
      <h3>{t('fields')}</h3>
      {fields === undefined && !reading.isError ? <Bone height="8rem" /> : null}
      {fields?.length === 0 ? <p>{t('unreadable')}</p> : null}
      <Facts of={(fields ?? []).map(({ path, value }) => [path, value])} />
    </Sheet>
  );
};

/** What could not be understood: readable, and released by a person. */
export const Quarantine = ({ sources }: { readonly sources: readonly Item<'GET /sources'>[] }) => {
  const t = useTranslations('sources');
  const { locale, zone } = useWriting();
  const [open, setOpen] = useState<Submission>();
  const reading = useReadPages('GET /submissions', { query: { limit: 50 } });
  const reasonText = useReasonText();
  const nameOf = (sourceId: string): string => sources.find((source) => source.sourceId === sourceId)?.name ?? sourceId;
  return (
    <Card title={t('quarantine')}>
      <p>{t('quarantineText')}</p>
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
      {reading.more === undefined ? null : <Button onPress={reading.more.load}>…</Button>}
      {open === undefined ? null : <SubmissionSheet submission={open} onClose={() => setOpen(undefined)} />}
    </Card>
  );
};
