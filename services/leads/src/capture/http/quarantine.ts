import type { Caller, QuarantinedView } from '@meilenstein/contracts';
import { declaredCharset, readableText, refused, type SubmissionId } from '@meilenstein/kernel';
import { logger } from '@meilenstein/runtime';
import type { RegisteredSource } from '../domain/source.ts';
import type { KeptSubmission } from '../domain/submission.ts';
import { leavesOf, maxLeaves } from '../domain/unmapped.ts';
import type { Reading } from '../providers/provider.ts';
import type { LeadsDeps } from '../../live-leads.ts';
import { readingOf } from './read-submission.ts';

export const notQuarantined = refused(
  'submission-not-found',
  'submissionId: no quarantined submission has this id, or its content was deleted',
);

const seesPersons = ['manager', 'operations', 'admin'] as const;

/** Marketing corrects forms but may not see leads, so the log records who read the content of a submission. */
const logAccess = ({ roles, subject }: Caller, { submissionId, sourceId }: KeptSubmission): void => {
  if (!seesPersons.some((role) => roles.includes(role))) logger.info('quarantine was read', { submissionId, sourceId, subject });
};

export type InQuarantine = { readonly submission: KeptSubmission; readonly source: RegisteredSource; readonly reading: Reading };

/** Reads quarantined submissions for a caller. */
export const quarantine = (deps: LeadsDeps) => {
  const { submissions, sources } = deps.stores;

  const open = async (id: SubmissionId, caller: Caller): Promise<InQuarantine | undefined> => {
    const submission = (await submissions.find(id))?.state;
    if (submission === undefined || submission.status !== 'quarantined') return undefined;
    const [source, raw] = await Promise.all([sources.registered(submission.sourceId), submissions.raw(id)]);
    if (source === undefined || raw === undefined) return undefined;
    logAccess(caller, submission);
    return { submission, source, reading: await readingOf(deps, submission, source) };
  };

  const view = async (id: SubmissionId, caller: Caller): Promise<QuarantinedView | undefined> => {
    const [found, raw] = await Promise.all([open(id, caller), submissions.raw(id)]);
    if (found === undefined || raw === undefined) return undefined;
    const { released: _released, fetched: _fetched, ...about } = found.submission;
    const leaves = 'answers' in found.reading ? leavesOf(found.reading.answers).slice(0, maxLeaves) : [];
    const body = readableText(raw.bytes, declaredCharset(raw.contentType));
    return { ...about, contentType: raw.contentType, fields: leaves.map(({ path, value }) => ({ path, value })), body };
  };

  return { open, view };
};
