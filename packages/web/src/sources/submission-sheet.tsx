import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Item } from '../api/routes.ts';
import { useRead } from '../api/use-read.ts';
import { useSend } from '../app/api.ts';
import { useWriting } from '../company/me.ts';
import { instant } from '../format/days.ts';
import { Button } from '../parts/form/button.tsx';
import { Sheet } from '../parts/dialog/sheet.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Facts } from '../parts/figures/facts.tsx';
import { Bone } from '../parts/message.tsx';
import { PurgeConfirmation } from './purge-confirmation.tsx';
import { useReasonText } from './reason-text.ts';
import { TrialOutcome } from './trial-outcome.tsx';
import { TrialTable } from './trial-table.tsx';
import { useTrial } from './trial.ts';

export type Submission = Item<'GET /submissions'>;
type SubmissionSheetProps = {
  readonly submission: Submission;
  readonly sourceName: string;
  readonly onDone: (what: 'released' | 'purged') => void;
  readonly onClose: () => void;
};

/** One submission in quarantine: why, what it says, what it would become now; released or deleted by a person. */
export const SubmissionSheet = ({ submission, sourceName, onDone, onClose }: SubmissionSheetProps) => {
  const t = useTranslations('sources');
  const { locale, zone } = useWriting();
  const send = useSend();
  const client = useQueryClient();
  const reasonText = useReasonText();
  const [keys] = useState(() => ({ release: crypto.randomUUID(), purge: crypto.randomUUID() }));
  const [failure, setFailure] = useState<unknown>();
  const [isPurging, setPurging] = useState(false);
  const { submissionId, sourceId, reason, storedAt } = submission;
  const reading = useRead('GET /submissions/{submissionId}', { path: { submissionId } }, { rhythm: 'once' });
  const { trial, failure: trialFailure, run } = useTrial(sourceId);
  const fields = reading.data?.body.fields;
  const act = async (what: 'release' | 'purge'): Promise<void> => {
    try {
      await send(
        what === 'release' ? 'POST /submissions/{submissionId}/release' : 'POST /submissions/{submissionId}/purge',
        { path: { submissionId } },
        { idempotencyKey: keys[what] },
      );
      await client.invalidateQueries();
      onDone(what === 'release' ? 'released' : 'purged');
    } catch (error) {
      setFailure(error);
    }
    setPurging(false);
  };
  return (
    <Sheet
      title={reasonText(reason)}
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button look="danger" onPress={() => setPurging(true)}>
            {t('purge')}
          </Button>
          <Button onPress={() => void run({ submissionId })}>{t('trial.button')}</Button>
          <Button look="primary" onPress={() => void act('release')}>
            {t('release')}
          </Button>
        </>
      }
    >
      <p>
        {sourceName}, {t('storedAt', { time: instant(locale, storedAt, zone) })}{' '}
        <Link to={`/sources/${sourceId}`} search={{ submission: submissionId }}>
          {t('openSource')}
        </Link>
      </p>
      {failure === undefined ? null : <FailureMessage error={failure} />}
      {reading.isError ? <FailureMessage error={reading.error} /> : null}
      {trialFailure === undefined ? null : <FailureMessage error={trialFailure} />}
      {trial === undefined ? (
        <>
          <h3>{t('fields')}</h3>
          {fields === undefined && !reading.isError ? <Bone height="8rem" /> : null}
          {fields?.length === 0 ? <p>{t('unreadable')}</p> : null}
          <Facts of={(fields ?? []).map(({ path, value }) => [path, value])} />
        </>
      ) : (
        <>
          <TrialOutcome of={trial} />
          <TrialTable trial={trial} />
        </>
      )}
      {isPurging ? <PurgeConfirmation onPurge={() => void act('purge')} onClose={() => setPurging(false)} /> : null}
    </Sheet>
  );
};
