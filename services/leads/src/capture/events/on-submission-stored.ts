import { leadsOnSubmissionStored } from '@meilenstein/contracts';
import type { LeadId, SubmissionId } from '@meilenstein/kernel';
import { onEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import { linkSubmission, referSubmission, type KeptSubmission } from '../domain/submission.ts';
import type { RegisteredSource } from '../domain/source.ts';
import { eraseByReference } from '../../erasure/http/erase-person.ts';
import { quarantineSubmission } from './quarantine-submission.ts';
import { findOrCreateLead } from './find-or-create-lead.ts';
import type { LeadsDeps } from '../../live-leads.ts';
import { readSubmission, type SubmissionReading } from '../http/read-submission.ts';
import { referenceOf } from '../../erasure/http/reference.ts';

type ReadPerson = Extract<SubmissionReading, { readonly fields: unknown }>;

/** Attaches the submission to the person's lead. */
const attachToLead = async (deps: LeadsDeps, submission: KeptSubmission, source: RegisteredSource, parsed: ReadPerson): Promise<void> => {
  const { fields, consents } = parsed;
  const { submissionId, storedAt: at } = submission;
  const reference = await referenceOf(deps, submission, source);
  const { leadId, created } = await findOrCreateLead(deps, { submissionId, at, fields, consents, source, reference });
  await deps.stores.submissions.change(submissionId, linkSubmission(leadId, created));
  await forgetIfErased(deps, submissionId, leadId);
};

/** Where a lead was erased before its submission was linked to it, the erasure did not know this touchpoint. */
const forgetIfErased = async ({ stores }: LeadsDeps, id: SubmissionId, leadId: LeadId): Promise<void> => {
  if ((await stores.leads.find(leadId))?.lead.status === 'erased') await stores.submissions.forget([id]);
};

/** Every step may be repeated: the lead's id derives from the submission's, and a processed submission is left alone. */
const processSubmission =
  (deps: LeadsDeps) =>
  async (id: SubmissionId): Promise<void> => {
    const { submissions, sources } = deps.stores;
    const submission = (await submissions.find(id))?.state;
    if (submission === undefined || submission.status === 'none') throw new Error(`submission ${id}: was announced but does not exist`);
    if (submission.status !== 'stored') {
      // An earlier try may have ended between linking the submission and looking at its lead.
      if (submission.leadId !== null) await forgetIfErased(deps, id, submission.leadId);
      return;
    }
    const source = await sources.registered(submission.sourceId);
    if (source === undefined) throw new Error(`source ${submission.sourceId}: has a submission but does not exist`);
    const read = await readSubmission(deps, submission, source);
    if ('fetch' in read) await submissions.change(id, referSubmission(source.provider));
    else if ('erase' in read) {
      await eraseByReference(deps, source.provider, read.erase);
      await submissions.reject(id, 'erasure-requested');
    } else if ('reject' in read) await submissions.reject(id, read.reject);
    else if ('quarantine' in read) await quarantineSubmission(deps, submission, read.quarantine);
    else await attachToLead(deps, submission, source, read);
  };

/** Finds or creates the lead of a submission that was stored, released or fetched. */
export const onSubmissionStored = (deps: LeadsDeps, consumer: EventConsumerDeps) => {
  const process = processSubmission(deps);
  return onEvents(leadsOnSubmissionStored, (event) => process(event.data.submissionId), consumer);
};
