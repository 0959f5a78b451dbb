import { leadsOnLeadErased, type PersonFields } from '@meilenstein/contracts';
import type { LeadId } from '@meilenstein/kernel';
import { onEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import { mentionsPerson } from '../../capture/domain/mentions.ts';
import type { LeadsDeps } from '../../live-leads.ts';

const pageSize = 100;

/** What could not be read stands under nobody's name, so it has to be looked through; quarantine holds 30 days at most. */
const purgeQuarantine = async ({ stores: { submissions } }: LeadsDeps, known: readonly PersonFields[]): Promise<void> => {
  let cursor: string | undefined;
  do {
    const page = await submissions.inQuarantine({ limit: pageSize, cursor });
    for (const { submissionId } of page.items) {
      const raw = await submissions.raw(submissionId);
      if (raw !== undefined && mentionsPerson(Buffer.from(raw.bytes).toString('utf8'), known)) await submissions.purge(submissionId);
    }
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
};

/** The confidential items go last: as long as they are there, another try knows whom to look for. */
const forgetPerson = async (deps: LeadsDeps, id: LeadId): Promise<void> => {
  const { leads, submissions } = deps.stores;
  const known = await leads.confidentialTexts(id);
  const touchpoints = await submissions.allTouchpointsOf(id);
  await submissions.forget(touchpoints.map((one) => one.submissionId));
  if (known.some((fields) => Object.keys(fields).length > 0)) await purgeQuarantine(deps, known);
  await leads.forget(id);
};

/** Deletes everything that tells who an erased lead was. Hearing it again (after a restore) deletes what came back. */
export const onLeadErased = (deps: LeadsDeps, consumer: EventConsumerDeps) =>
  onEvents(leadsOnLeadErased, (event) => forgetPerson(deps, event.data.leadId), consumer);
