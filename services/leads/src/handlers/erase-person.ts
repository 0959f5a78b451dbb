import type { ProviderName } from '@meilenstein/contracts';
import { leadId, type LeadId } from '@meilenstein/kernel';
import { eraseLead, type EraseReason, type EraseRefusal } from '../domain/erase-lead.ts';
import type { LeadsDeps } from './live-leads.ts';

type Leads = LeadsDeps['shelves']['leads'];

/** A lead and all that it absorbed: the same person. */
const wholePerson = async (leads: Leads, id: LeadId): Promise<readonly LeadId[]> => {
  const found = await leads.find(id);
  if (found === undefined) return [id];
  const absorbed = await Promise.all(Object.keys(found.lead.absorbed).map((other) => wholePerson(leads, leadId.parse(other))));
  return [id, ...absorbed.flat()];
};

/** Orders that a person be forgotten, with every lead that was merged into this one; the deletion follows from the event. */
export const erasePerson = async (
  { shelves }: LeadsDeps,
  id: LeadId,
  { reason, expectedVersion }: { readonly reason: EraseReason; readonly expectedVersion?: number },
) => {
  const ids = await wholePerson(shelves.leads, id);
  return shelves.leads.changeTogether<EraseRefusal>(
    ids.map((one) => ({
      id: one,
      decide: (state) => eraseLead(state, reason),
      ...(one === id && expectedVersion !== undefined ? { expectedVersion } : {}),
    })),
  );
};

/** A sender erased somebody whom it knows by a reference; nobody we know by it is nobody to forget. */
export const eraseByReference = async (deps: LeadsDeps, provider: ProviderName, reference: string): Promise<void> => {
  const { leads, persons } = deps.shelves;
  const holder = await leads.holderOf((await persons()).reference(provider, reference));
  if (holder !== undefined) await erasePerson(deps, holder.leadId, { reason: 'sender' });
};
