import { leadsOnLeadErased } from '@meilenstein/contracts';
import type { LeadId } from '@meilenstein/kernel';
import { onEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import { searchedFor } from '../../capture/domain/mentions.ts';
import type { LeadsDeps } from '../../live-leads.ts';

/**
 * First what the lead itself has, then the quarantined submissions that mention the person, which have no lead. The confidential items are
 * deleted last: until then another try knows whom to search for. The work grows with what the person has and not with what others sent.
 */
const forgetPerson = async (deps: LeadsDeps, id: LeadId): Promise<void> => {
  const { leads, submissions, persons } = deps.stores;
  const texts = await leads.confidentialTexts(id);
  const touchpoints = await submissions.allTouchpointsOf(id);
  await submissions.forget(touchpoints.map((one) => one.submissionId));
  const { mention } = await persons();
  await submissions.purgeMentions(searchedFor(texts).map(mention));
  await leads.forget(id);
};

/** Deletes everything that identifies an erased person. Receiving the event again (after a restore) deletes what came back. */
export const onLeadErased = (deps: LeadsDeps, consumer: EventConsumerDeps) =>
  onEvents(leadsOnLeadErased, (event) => forgetPerson(deps, event.data.leadId), consumer);
