import type { ProviderName } from '@meilenstein/contracts';
import type { LeadId } from '@meilenstein/kernel';
import { eraseLead, type EraseReason, type EraseRefusal } from '../domain/erase-lead.ts';
import { recordsOf } from '../../identity/store/touchpoints.ts';
import type { LeadsDeps } from '../../live-leads.ts';

/** Orders the erasure of a person with every lead that was merged into this one. The event triggers the deletion. */
export const erasePerson = async (
  { stores }: LeadsDeps,
  id: LeadId,
  { reason, expectedVersion }: { readonly reason: EraseReason; readonly expectedVersion?: number },
) => {
  const found = await stores.leads.find(id);
  const ids = found === undefined ? [id] : await recordsOf(stores, found.lead);
  return stores.leads.changeTogether<EraseRefusal>(
    ids.map((one) => ({
      id: one,
      decide: (state) => eraseLead(state, reason),
      ...(one === id && expectedVersion !== undefined ? { expectedVersion } : {}),
    })),
  );
};

/** Erases the person that a sender identifies by a reference. If no lead has this reference, there is nothing to erase. */
export const eraseByReference = async (deps: LeadsDeps, provider: ProviderName, reference: string): Promise<void> => {
  const { leads, persons } = deps.stores;
  const found = await leads.findByKey((await persons()).reference(provider, reference));
  if (found !== undefined) await erasePerson(deps, found.holder.leadId, { reason: 'sender' });
};
