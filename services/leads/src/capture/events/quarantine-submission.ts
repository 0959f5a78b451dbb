import type { LeadsDeps } from '../../live-leads.ts';
import { mentionedIn } from '../domain/mentions.ts';
import { bodyTexts } from '../domain/spellings.ts';
import type { KeptSubmission } from '../domain/submission.ts';

/** A form is about one person. A body with far more contacts is none, and would cost a write for each. */
const maxMentions = 300;

/**
 * Puts a submission into quarantine and indexes whom its content mentions, by keyed digests. So the erasure of a person looks up what to
 * purge, and what others post does not slow it down.
 */
export const quarantineSubmission = async ({ stores }: LeadsDeps, submission: KeptSubmission, reason: string): Promise<void> => {
  const { submissions, persons } = stores;
  const contents = await Promise.all([submissions.raw(submission.submissionId), submissions.fetched(submission.submissionId)]);
  const mentioned = contents.flatMap((content) => (content === undefined ? [] : mentionedIn(...bodyTexts(content.bytes))));
  if (mentioned.length > maxMentions) {
    await submissions.reject(submission.submissionId, 'too-many-contacts');
    return;
  }
  const { mention } = await persons();
  await submissions.quarantine(submission, reason, mentioned.map(mention));
};
