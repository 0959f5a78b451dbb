import { useReadEach } from '../api/use-read-each.ts';
import type { Item } from '../api/routes.ts';

export type ListedOpportunity = Item<'GET /opportunities'>;

const idsOfRequest = 50;

/** Ids in groups that fit into an address, each group in order, so that another order of the same ids is the same request. */
export const groupsOf = (ids: readonly string[]): readonly string[] =>
  Array.from({ length: Math.ceil(ids.length / idsOfRequest) }, (_, n) =>
    ids
      .slice(n * idsOfRequest, (n + 1) * idsOfRequest)
      .toSorted()
      .join(','),
  );

/** The opportunities that another list names by id, as far as they have been read: their accounts, and what a command needs. */
export const useOpportunitiesById = (ids: readonly string[]): ReadonlyMap<string, ListedOpportunity> => {
  const answers = useReadEach(
    'GET /opportunities',
    groupsOf(ids).map((group) => ({ query: { ids: group, limit: idsOfRequest } })),
  );
  return new Map(answers.flatMap(({ items }) => items.map((item) => [String(item.opportunityId), item])));
};
