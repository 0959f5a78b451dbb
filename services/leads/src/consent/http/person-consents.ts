import { leadId, type Decision, type LeadId } from '@meilenstein/kernel';
import type { LeadFact } from '@meilenstein/contracts';
import { confirmConsent, withdrawConsent, type ConsentRefusal } from '../domain/consent.ts';
import type { CapturedLead, Lead } from '../../lead/domain/lead.ts';
import type { LeadStore } from '../../lead/store/lead-store.ts';

const maxSteps = 20;

/** The path from a lead to the one that it was finally merged into. */
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
 * The named record decides first; if it accepts, the change is applied to the other records that it concerns. These are determined
 * afterwards, because a merge in between already includes the change.
 */
const changeRecords = async (leads: LeadStore, id: LeadId, decide: Decide, othersOf: () => Promise<readonly LeadId[]>) => {
  const result = await leads.change(id, decide);
  if (!('changed' in result)) return result;
  for (const other of new Set(await othersOf())) if (other !== id) await leads.change(other, decide);
  return result;
};

/** Changes of consents on one record of a person, applied to all records that they concern. */
export const personConsents = (leads: LeadStore) => ({
  /** applies to every record of the person, so that it remains when a merge is undone */
  withdraw: async (id: LeadId, purpose: string, by: 'person' | 'employee') =>
    changeRecords(
      leads,
      id,
      (state) => withdrawConsent(state, purpose, by),
      async () => {
        const path = await upwards(leads, id);
        return [...path.toReversed(), ...(await withAbsorbed(leads, path.at(-1) ?? id))];
      },
    ),
  /** applies to the record that asked, and to the leads into which it was merged */
  confirm: async (id: LeadId, purpose: string, textVersion: string) =>
    changeRecords(
      leads,
      id,
      (state) => confirmConsent(state, purpose, textVersion),
      () => upwards(leads, id),
    ),
});
