import type { Account } from '@meilenstein/contracts';
import type { Clock, RepId } from '@meilenstein/kernel';
import type { CompanyCopy } from '@meilenstein/runtime';
import type { SubmissionStore } from '../../capture/store/submission-store.ts';
import { touchpointsOf } from '../../identity/store/touchpoints.ts';
import type { Lead } from '../../lead/domain/lead.ts';
import type { LeadStore } from '../../lead/store/lead-store.ts';
import type { RulesInForce } from '../../qualification/domain/rules-in-force.ts';
import type { AssignmentContext } from '../domain/assign-by-rules.ts';
import type { RoutingSetup } from '../domain/route-lead.ts';
import type { LoadedRotations, RotationStore } from './rotation-store.ts';
import type { RoutingStore } from './routing-store.ts';

type Stores = {
  readonly routing: RoutingStore;
  readonly rotations: RotationStore;
  readonly company: CompanyCopy;
  readonly rulesInForce: () => Promise<RulesInForce>;
  readonly leads: Pick<LeadStore, 'find'>;
  readonly submissions: Pick<SubmissionStore, 'touchpointsOf'>;
};

/** What an assignment depends on, with the rotations as they were read: their new state is written on condition that they are still the same. */
export type LoadedAssignment = AssignmentContext & { readonly rotations: LoadedRotations };

export const loadSetup = async ({ routing, company: copy }: Pick<Stores, 'routing' | 'company'>): Promise<RoutingSetup> => {
  const [{ version, document }, { territories }, company, profiles] = await Promise.all([
    routing.rules.current(),
    routing.territories.current(),
    copy.read(),
    routing.sellers.profiles(),
  ]);
  return { version, document, territories, company, profiles };
};

const accountOwnerOf = async ({ routing }: Pick<Stores, 'routing'>, account: Account | null): Promise<RepId | null> =>
  account === null ? null : ((await routing.accounts.ownerOf(account.id))?.repId ?? null);

/** Reads everything that the assignment of a lead with this account depends on, at once. A `setup` that was read before is not read again. */
const loadFor = async (
  stores: Stores,
  clock: Clock,
  { account, lead, setup }: { readonly account: Account | null; readonly lead?: Lead; readonly setup?: RoutingSetup },
): Promise<LoadedAssignment> => {
  const [known, rotations, rulesInForce, accountOwner, touchpoints] = await Promise.all([
    setup ?? loadSetup(stores),
    stores.rotations.load(),
    stores.rulesInForce(),
    accountOwnerOf(stores, account),
    lead === undefined || lead.status === 'none' ? [] : touchpointsOf(stores, lead),
  ]);
  return { routing: { setup: known, state: rotations.state, now: clock.now() }, rotations, rulesInForce, accountOwner, touchpoints };
};

/** What the assignment of a new lead depends on. */
export const loadForNewLead = (stores: Stores, clock: Clock, account: Account | null): Promise<LoadedAssignment> =>
  loadFor(stores, clock, { account });

/** What the assignment of an existing lead depends on. */
export const loadForLead = (stores: Stores, clock: Clock, lead: Lead, setup?: RoutingSetup): Promise<LoadedAssignment> =>
  loadFor(stores, clock, { account: lead.status === 'none' ? null : lead.account, lead, ...(setup === undefined ? {} : { setup }) });
