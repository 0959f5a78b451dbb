import type { AccessReport, Happened, LeadFact } from '@meilenstein/contracts';
import { declaredCharset, readableText, type Instant } from '@meilenstein/kernel';
import type { CapturedLead } from '../../lead/domain/lead.ts';
import { recordsOf } from '../../identity/store/touchpoints.ts';
import { consentViews, leadViews } from '../../lead/http/lead-views.ts';
import type { LeadsDeps } from '../../live-leads.ts';

/** The data of an event without what it reveals about employees, such as other candidates and absences. */
const aboutThePerson = ({ name, data }: Happened<LeadFact>): unknown => {
  if (name === 'LeadRouted') {
    const { candidates: _candidates, excluded: _excluded, excludedBy: _excludedBy, ...rest } = data;
    return rest;
  }
  if (name !== 'LeadUnassigned') return data;
  const { reason: _reason, ...rest } = data;
  return rest;
};

/** Everything that is stored about a person: values, consents, the submissions word for word, and the history. */
export const accessReportOf = async (deps: LeadsDeps, lead: CapturedLead, at: Instant): Promise<AccessReport> => {
  const { leads, submissions } = deps.stores;
  const [view] = await leadViews(deps).views([lead]);
  if (view === undefined) throw new Error(`lead ${lead.leadId}: has no view`);
  const ids = await recordsOf(deps.stores, lead);
  const touchpoints = (await Promise.all(ids.map((id) => submissions.allTouchpointsOf(id)))).flat();
  const bodies = await Promise.all(
    touchpoints.map(async (one) => {
      const raw = await submissions.raw(one.submissionId);
      return {
        ...one,
        contentType: raw?.contentType ?? null,
        body: raw === undefined ? null : readableText(raw.bytes, declaredCharset(raw.contentType)),
      };
    }),
  );
  const history = (await Promise.all(ids.map((id) => leads.historyOf(id)))).flat();
  return {
    leadId: lead.leadId,
    createdAt: at,
    lead: view,
    provenance: [...view.provenance],
    consents: consentViews(lead),
    submissions: bodies.toSorted((a, b) => (a.storedAt < b.storedAt ? -1 : 1)),
    history: history.map((fact) => ({ name: fact.name, occurredAt: fact.occurredAt, data: aboutThePerson(fact) })),
  };
};
