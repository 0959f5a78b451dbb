import type { Claim } from '@meilenstein/kernel';
import type { RegisteredSource } from '../../capture/domain/source.ts';
import type { KeptSubmission } from '../../capture/domain/submission.ts';
import { providers } from '../../capture/providers/providers.ts';
import type { LeadsDeps } from '../../live-leads.ts';

/** The key under which the sender of a thin notification knows the person: it may ask for erasure by it later. */
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
