import { leadsOnSubmissionReferred } from '@meilenstein/contracts';
import type { SubmissionId } from '@meilenstein/kernel';
import { onEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import { fetchRequestOf } from '../providers/fetch-requests.ts';
import { providers } from '../providers/providers.ts';
import type { LeadsDeps } from '../../live-leads.ts';

/**
 * Fetches the content behind a thin notification. If the sender is unavailable or refuses the token, the message is retried and finally
 * moves to the dead-letter queue. If the reference does not exist, the submission is quarantined.
 */
const fetchSubmission =
  (deps: LeadsDeps) =>
  async (id: SubmissionId): Promise<void> => {
    const { submissions, sources, secrets } = deps.stores;
    const submission = (await submissions.find(id))?.state;
    if (submission === undefined || submission.status !== 'referred') return;
    const [source, raw] = await Promise.all([sources.registered(submission.sourceId), submissions.raw(id)]);
    if (source === undefined || raw === undefined) return submissions.quarantine(submission, 'raw-body-expired');
    const reading = await providers[source.provider].read(raw);
    const token = await secrets.accessToken(source.sourceId);
    if (token === undefined)
      throw new Error(`source ${source.sourceId}: has no access token to fetch with; PUT /sources/{sourceId}/access-token`);
    const request = 'fetch' in reading ? fetchRequestOf(source.provider, reading.fetch, token) : undefined;
    if (request === undefined) return submissions.quarantine(submission, 'reference-invalid');
    const answer = await deps.outside(request.url, { method: 'GET', headers: request.headers });
    if (answer.status === 404 || answer.status === 410) return submissions.quarantine(submission, 'reference-not-found');
    if (answer.status !== 200) throw new Error(`provider ${source.provider}: answered ${answer.status}`);
    await submissions.keepFetched(id, { bytes: Buffer.from(answer.text), contentType: 'application/json' });
  };

export const onSubmissionReferred = (deps: LeadsDeps, consumer: EventConsumerDeps) => {
  const fetchOne = fetchSubmission(deps);
  return onEvents(leadsOnSubmissionReferred, (event) => fetchOne(event.data.submissionId), consumer);
};
