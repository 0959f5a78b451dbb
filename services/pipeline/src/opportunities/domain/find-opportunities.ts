import { isFound, searchedWords, searchWords } from '@meilenstein/kernel';
import type { ExistingOpportunity } from './opportunity.ts';

/** With fewer characters an id would be found by a short word. */
const fewestOfId = 8;

/** Whether an opportunity is found by a text: by the words of its account's name, or by its id or that of the account. */
export const opportunityFinder = (text: string): ((opportunity: ExistingOpportunity) => boolean) => {
  const [searched, id] = [searchedWords(text), text.trim().toLowerCase()];
  return ({ dimensions: { opportunityId, account } }) =>
    (id.length >= fewestOfId && opportunityId.toLowerCase().startsWith(id)) ||
    account.id.toLowerCase() === id ||
    isFound(searchWords(account.name ?? ''), searched);
};
