import type { LeadId } from '@meilenstein/kernel';
import type { LeadsDeps } from '../../live-leads.ts';
import { findOwner } from '../domain/assign-by-rules.ts';
import type { Requeued } from '../domain/requeue.ts';
import type { RoutingSetup } from '../domain/route-lead.ts';
import { loadForLead } from '../store/assignment-context.ts';
import { countQueued } from './count-queued.ts';

type Occasion = {
  /** the owner who loses the lead, and why */
  readonly lost?: Pick<Requeued, 'from' | 'reason'>;
  /** the setup, where it was read for many leads */
  readonly setup?: RoutingSetup;
};

/** Finds an owner for an open lead that has none, or whose owner loses it. Answers whether anything changed. */
export const assignOwner = async ({ stores, clock }: LeadsDeps, id: LeadId, { lost, setup }: Occasion = {}): Promise<boolean> => {
  const result = await stores.leads.changeWith(
    id,
    (lead) => loadForLead(stores, clock, lead, setup),
    (lead, context) => findOwner(lead, context, lost),
  );
  const events = 'changed' in result ? result.changed.events : [];
  countQueued(events);
  return events.length > 0;
};
