import type { Item } from '../api/routes.ts';

export type Stall = Item<'GET /leaks/stalls'>;
type Opportunity = Item<'GET /opportunities'>;

/** A silent customer, with the opportunity itself where the list of the longest silences holds it: its name, and what a command needs. */
export type Silent = { readonly stall: Stall; readonly opportunity: Opportunity | undefined };

type Filter = { readonly team: string | undefined; readonly owner: string | undefined };

/** Joins stalls with the open opportunities that were read beside them, in the order of the stalls. */
export const silentCustomers = (
  stalls: readonly Stall[],
  opportunities: readonly Opportunity[],
  { team, owner }: Filter,
): readonly Silent[] => {
  const known = new Map(opportunities.map((opportunity) => [String(opportunity.opportunityId), opportunity]));
  return stalls
    .filter(({ teamId, repId }) => (team === undefined || teamId === team) && (owner === undefined || repId === owner))
    .map((stall) => ({ stall, opportunity: known.get(stall.opportunityId) }));
};
