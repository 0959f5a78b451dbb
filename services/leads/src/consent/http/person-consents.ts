import { leadId, type Decision, type LeadId } from '@meilenstein/kernel';
import type { LeadFact } from '@meilenstein/contracts';
import { confirmConsent, withdrawConsent, type ConsentRefusal } from '../domain/consent.ts';
import type { CapturedLead, Lead } from '../../lead/domain/lead.ts';
import type { LeadStore } from '../../lead/store/lead-store.ts';

const maxSteps = 20;

/** The lead that a lead is part of now, by as many merges as there were. */
const upwards = async (leads: LeadStore, id: LeadId): Promise<readonly LeadId[]> => {
  const path = [id];
  let next: LeadId | null = id;
  while (next !== null && path.length <= maxSteps) {
    const found: { readonly lead: CapturedLead } | undefined = await leads.find(next);
    next = found?.lead.mergedInto ?? null;
    if (next !== null) path.push(next);
  }
  return path;
};

const withAbsorbed = async (leads: LeadStore, id: LeadId): Promise<readonly LeadId[]> => {
  const absorbed = Object.keys((await leads.find(id))?.lead.absorbed ?? {}).map((one) => leadId.parse(one));
  return [id, ...(await Promise.all(absorbed.map((one) => withAbsorbed(leads, one)))).flat()];
};

type Decide = (state: Lead) => Decision<LeadFact, ConsentRefusal>;

/**
 * The record that was named decides; where it takes the word, the others hear it, as far as it concerns them. Which others there are is
 * asked afterwards: a merge that comes in between knows the word already.
 */
const tell = async (leads: LeadStore, id: LeadId, decide: Decide, othersOf: () => Promise<readonly LeadId[]>) => {
  const result = await leads.change(id, decide);
  if (!('changed' in result)) return result;
  for (const other of new Set(await othersOf())) if (other !== id) await leads.change(other, decide);
  return result;
};

/** What a person says of consents to one of its records, as it holds for all of them. */
export const personConsents = (leads: LeadStore) => ({
  /** holds for every record of the person, so that it stays where two leads are parted again */
  withdraw: async (id: LeadId, purpose: string, by: 'person' | 'employee') =>
    tell(
      leads,
      id,
      (state) => withdrawConsent(state, purpose, by),
      async () => {
        const path = await upwards(leads, id);
        return [...path.toReversed(), ...(await withAbsorbed(leads, path.at(-1) ?? id))];
      },
    ),
  /** holds for the record that asked, and for what it is part of now */
  confirm: async (id: LeadId, purpose: string, textVersion: string) =>
    tell(
      leads,
      id,
      (state) => confirmConsent(state, purpose, textVersion),
      () => upwards(leads, id),
    ),
});
