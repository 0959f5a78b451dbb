import { submissionReleased, submissionStored, type PersonFields } from '@meilenstein/contracts';
import { dayOf, leadId, timeZone, type LeadId, type SubmissionId } from '@meilenstein/kernel';
import { count, deriveId, lambda, onEvents, type EventDoorDeps } from '@meilenstein/runtime';
import { liveDoor } from '@meilenstein/runtime/live-queues';
import { amendLead, captureLead } from '../domain/capture-lead.ts';
import { eligibleOn, fairChoice, withAssignment } from '../domain/pool.ts';
import { creditSubmission, rejectSubmission, type KeptSubmission } from '../domain/submission.ts';
import { providers, type Reading } from '../providers/provider.ts';
import { companyAccount } from './lead-account.ts';
import { liveLeads, type LeadsDeps } from './live-leads.ts';

/** Every step may be repeated: the lead's id derives from the submission's, and a settled submission is left alone. */
const settleSubmission =
  (deps: LeadsDeps) =>
  async (id: SubmissionId): Promise<void> => {
    const { submissions } = deps.shelves;
    const submission = (await submissions.find(id))?.state;
    if (submission === undefined || submission.status === 'none') throw new Error(`submission ${id}: was announced and is not there`);
    if (submission.status !== 'stored') return;
    const reading = await readSubmission(deps, submission);
    if ('reject' in reading) await submissions.change(id, rejectSubmission(reading.reject));
    else if ('quarantine' in reading) await submissions.quarantine(id, reading.quarantine);
    else await settleLead(deps, submission, reading.fields);
  };

const readSubmission = async ({ shelves }: LeadsDeps, submission: KeptSubmission): Promise<Reading> => {
  const [raw, source] = await Promise.all([
    shelves.submissions.raw(submission.submissionId),
    shelves.sources.registered(submission.sourceId),
  ]);
  if (source === undefined) throw new Error(`source ${submission.sourceId}: has a submission and is not there`);
  if (raw === undefined) return { quarantine: 'raw-body-has-expired' };
  return providers[source.provider].read(raw.bytes, raw.contentType, source);
};

/** Credits the submission to the person's lead: the one that is there, or a new one. */
const settleLead = async (deps: LeadsDeps, submission: KeptSubmission, fields: PersonFields): Promise<void> => {
  const { leads, submissions } = deps.shelves;
  const own = leadId.parse(deriveId('lead', submission.submissionId));
  const holder = await leadOf(deps, { own, submission, fields });
  if (holder !== own) await leads.change(holder, (state) => amendLead(state, { submissionId: submission.submissionId, fields }));
  await submissions.change(submission.submissionId, creditSubmission(holder, holder === own));
};

type Capture = { readonly own: LeadId; readonly submission: KeptSubmission; readonly fields: PersonFields };

/** The lead that holds the person's unique key; under any race exactly one of many submissions makes it. */
const leadOf = async (deps: LeadsDeps, { own, submission, fields }: Capture): Promise<LeadId> => {
  const { leads, persons, points, company: copy } = deps.shelves;
  const person = (await persons())(fields);
  if (person === undefined) throw new Error(`submission ${submission.submissionId}: was understood without e-mail and phone`);
  const known = await leads.holderOf(person);
  if (known !== undefined) return leadId.parse(known);
  const [table, company] = await Promise.all([points.current(), copy.read()]);
  const now = deps.clock.now();
  const eligible = eligibleOn(company, dayOf(now, company.zone ?? timeZone.parse('UTC')));
  const { submissionId, sourceId } = submission;
  const command = { leadId: own, sourceId, submissionId, fields, account: companyAccount(fields), person, points: table };
  const result = await leads.changeWithPool(own, (state, pool) => {
    const choice = fairChoice(pool, eligible, own);
    const decision = captureLead(state, command, choice);
    const assigned = choice === undefined || state.status !== 'none' ? undefined : withAssignment(pool, eligible, choice.repId, now);
    return { decision, pool: assigned };
  });
  if ('changed' in result && result.changed.events.length > 0 && eligible.length === 0) count('LeadUnassigned');
  const holder = 'taken' in result ? await leads.holderOf(person) : own;
  return leadId.parse(holder);
};

/** Makes or finds the lead of a submission that was stored or released. */
export const onSubmissionStored = (deps: LeadsDeps, door: EventDoorDeps) => {
  const settle = settleSubmission(deps);
  return onEvents([submissionStored, submissionReleased], (event) => settle(event.data.submissionId), door);
};
export const handler = lambda(() => onSubmissionStored(liveLeads(), liveDoor()));
