import type { HandlersOf, leadsApi } from '@meilenstein/contracts';
import { answerChange, expectedVersion, versionConflict } from '@meilenstein/runtime';
import type { LeadsDeps } from '../../live-leads.ts';
import type { CapturedLead } from '../../lead/domain/lead.ts';
import { leadIsUnknown, visibleLeads } from '../../lead/http/visible-lead.ts';
import { namesOf } from '../domain/names-of-person.ts';
import { textsOf } from '../domain/survivorship.ts';
import { decideContact, type DecideContactRefusal } from '../domain/share-contact.ts';

type Routes = Pick<HandlersOf<typeof leadsApi>, 'GET /shared-contacts' | 'POST /leads/{leadId}/shared-contacts/{contactId}/decide'>;

/** Addresses and numbers that many names use, and what people decide about them. */
export const sharedContactRoutes = (deps: LeadsDeps): Routes => {
  const { leads, persons } = deps.stores;
  const { today, find } = visibleLeads(deps);

  /** The contact as it was typed: of the texts that the lead holds, those that have its key. */
  const viewOf = async (lead: CapturedLead, contactId: string, version: number) => {
    const shared = lead.sharedContacts[contactId];
    if (shared === undefined) return undefined;
    const { contact, names, at, decision, key } = shared;
    const { person } = await persons();
    const typed = (await leads.confidentialTexts(lead.leadId)).flatMap((fields) => {
      const text = fields[contact];
      return text !== undefined && person(fields, fields.country ?? null)[contact]?.value === key ? [text] : [];
    });
    // Who left out the prefix of a country was found by the country of the form, which is not known here.
    const texts = [...new Set(textsOf(lead.profile, contact))];
    const value = typed[0] ?? (texts.length === 1 ? texts[0] : undefined) ?? null;
    return { leadId: lead.leadId, contactId, contact, value, names, known: [...namesOf(lead)], sharedAt: at, decision, version };
  };

  return {
    'GET /shared-contacts': async ({ query }) => {
      const page = await leads.sharedContacts(query);
      const views = await Promise.all(page.items.map(({ lead, contactId, version }) => viewOf(lead, contactId, version)));
      return { status: 200, body: { items: views.flatMap((view) => view ?? []), next: page.next } };
    },
    'POST /leads/{leadId}/shared-contacts/{contactId}/decide': async ({ path, body, caller, ifMatch }) => {
      if ((await find(path.leadId, await today(caller))) === undefined) return leadIsUnknown;
      const result = await leads.change<DecideContactRefusal>(
        path.leadId,
        (state) => decideContact(state, path.contactId, body.decision),
        expectedVersion(ifMatch),
      );
      if (!('changed' in result)) return answerChange(result, () => versionConflict);
      const { state, version } = result.changed;
      const view = state.status === 'none' ? undefined : await viewOf(state, path.contactId, version);
      return view === undefined ? leadIsUnknown : { status: 200, body: view, version };
    },
  };
};
