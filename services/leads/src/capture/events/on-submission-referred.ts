import { leadsOnSubmissionReferred } from '@meilenstein/contracts';
import type { SubmissionId } from '@meilenstein/kernel';
import { onEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import { quarantineSubmission } from './quarantine-submission.ts';
import { fetchRequestOf } from '../providers/fetch-requests.ts';
import { providers } from '../providers/providers.ts';
import type { LeadsDeps } from '../../live-leads.ts';

/**
 * Fetches the content behind a thin notification. If the sender is unavailable, the message is retried and finally moves to the
 * dead-letter queue. Without a token, with one that the sender refuses, or if the reference does not exist, the submission is quarantined: marketing stores the
 * token and releases it.
 */
const fetchSubmission =
  (deps: LeadsDeps) =>
  async (id: SubmissionId): Promise<void> => {
    const { submissions, sources, secrets } = deps.stores;
    const submission = (await submissions.find(id))?.state;
    if (submission === undefined || submission.status !== 'referred') return;
    const [source, raw] = await Promise.all([sources.registered(submission.sourceId), submissions.raw(id)]);
    if (source === undefined || raw === undefined) return quarantineSubmission(deps, submission, 'raw-body-expired');
    const reading = await providers[source.provider].read(raw);
    const token = await secrets.accessToken(source.sourceId);
    if (token === undefined) return quarantineSubmission(deps, submission, 'access-token-missing');
    const request = 'fetch' in reading ? fetchRequestOf(source.provider, reading.fetch, token) : undefined;
    if (request === undefined) return quarantineSubmission(deps, submission, 'reference-invalid');
    const answer = await deps.outside(request.url, { method: 'GET', headers: request.headers });
    if (answer.status === 401 || answer.status === 403) return quarantineSubmission(deps, submission, 'access-token-refused');
    if (answer.status === 404 || answer.status === 410) return quarantineSubmission(deps, submission, 'reference-not-found');
    if (answer.status !== 200) throw new Error(`provider ${source.provider}: answered ${answer.status}`);
    await submissions.keepFetched(id, { bytes: Buffer.from(answer.text), contentType: 'application/json' });
  };

export const onSubmissionReferred = (deps: LeadsDeps, consumer: EventConsumerDeps) => {
  const fetchOne = fetchSubmission(deps);
  return onEvents(leadsOnSubmissionReferred, (event) => fetchOne(event.data.submissionId), consumer);
};
