import { leadsOnLeadErased, type PersonFields } from '@meilenstein/contracts';
import type { LeadId } from '@meilenstein/kernel';
import { onEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import { mentionsPerson } from '../../capture/domain/mentions.ts';
import type { LeadsDeps } from '../../live-leads.ts';

const pageSize = 100;

/** Quarantined submissions have no lead, so all of them are searched; the quarantine holds at most 30 days. */
const purgeQuarantine = async ({ stores: { submissions } }: LeadsDeps, persons: readonly PersonFields[]): Promise<void> => {
  let cursor: string | undefined;
  do {
    const page = await submissions.inQuarantine({ limit: pageSize, cursor });
    for (const { submissionId } of page.items) {
      const raw = await submissions.raw(submissionId);
      if (raw !== undefined && mentionsPerson(Buffer.from(raw.bytes).toString('utf8'), persons)) await submissions.purge(submissionId);
    }
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
};

/** The confidential items are deleted last: until then another try knows whom to search for. */
const forgetPerson = async (deps: LeadsDeps, id: LeadId): Promise<void> => {
  const { leads, submissions } = deps.stores;
  const persons = await leads.confidentialTexts(id);
  const touchpoints = await submissions.allTouchpointsOf(id);
  await submissions.forget(touchpoints.map((one) => one.submissionId));
  if (persons.some((fields) => Object.keys(fields).length > 0)) await purgeQuarantine(deps, persons);
  await leads.forget(id);
};

/** Deletes everything that identifies an erased person. Receiving the event again (after a restore) deletes what came back. */
export const onLeadErased = (deps: LeadsDeps, consumer: EventConsumerDeps) =>
  onEvents(leadsOnLeadErased, (event) => forgetPerson(deps, event.data.leadId), consumer);
