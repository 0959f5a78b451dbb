import type { Claim } from '@meilenstein/kernel';
import type { RegisteredSource } from '../../capture/domain/source.ts';
import type { KeptSubmission } from '../../capture/domain/submission.ts';
import { providers } from '../../capture/providers/providers.ts';
import type { LeadsDeps } from '../../live-leads.ts';

/** The key for the reference by which the sender of a thin notification identifies the person; a later erasure request uses it. */
export const referenceOf = async (
  { stores }: LeadsDeps,
  submission: KeptSubmission,
  source: RegisteredSource,
): Promise<Claim | undefined> => {
  if (!submission.fetched) return undefined;
  const raw = await stores.submissions.raw(submission.submissionId);
  const reading = raw === undefined ? undefined : await providers[source.provider].read(raw);
  if (reading === undefined || !('fetch' in reading)) return undefined;
  return (await stores.persons()).reference(source.provider, reading.fetch);
};
