import type { LeadId } from '@meilenstein/kernel';
import { searchedFor } from '../../capture/domain/mentions.ts';
import type { LeadsDeps } from '../../live-leads.ts';

/**
 * Deletes what identifies an erased person and returns how many items there were; throws where one is left. First what the lead itself has,
 * then the quarantined submissions that mention the person, which have no lead. The confidential items are deleted last: until then another
 * try knows whom to search for. The work grows with what the person has and not with what others sent.
 */
export const forgetPerson = async (deps: Pick<LeadsDeps, 'stores'>, id: LeadId): Promise<number> => {
  const { leads, submissions, persons } = deps.stores;
  const texts = await leads.confidentialTexts(id);
  const touchpoints = await submissions.allTouchpointsOf(id);
  const bodies = await submissions.forget(touchpoints.map((one) => one.submissionId));
  const mentioned = searchedFor(texts);
  if (mentioned.length > 0) await submissions.purgeMentions(mentioned.map((await persons()).mention));
  return bodies + (await leads.forget(id));
};
