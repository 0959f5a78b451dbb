import type { HandlersOf, leadsApi } from '@meilenstein/contracts';
import { instant } from '@meilenstein/kernel';
import { answerChange, expectedVersion, versionConflict } from '@meilenstein/runtime';
import { restoreLead, becomeAbsorbed, undoMerge, absorbLead, type MergeRefusal, type UndoRefusal } from '../domain/merge-leads.ts';
import type { CapturedLead } from '../../lead/domain/lead.ts';
import { accessReportOf } from '../../erasure/http/access-report.ts';
import { erasePerson } from '../../erasure/http/erase-person.ts';
import { consentViews, leadViews } from '../../lead/http/lead-views.ts';
import type { LeadsDeps } from '../../live-leads.ts';
import { personConsents } from '../../consent/http/person-consents.ts';
import { leadIsUnknown, visibleLeads } from '../../lead/http/visible-lead.ts';

type Routes = Pick<
  HandlersOf<typeof leadsApi>,
  | 'POST /leads/{leadId}/merge'
  | 'POST /leads/{leadId}/unmerge'
  | 'DELETE /leads/{leadId}'
  | 'GET /leads/{leadId}/access-report'
  | 'POST /leads/{leadId}/consents/{purpose}/withdraw'
>;

/** Routes about the person behind a lead: merging, consents, access report and erasure. */
export const personRoutes = (deps: LeadsDeps): Routes => {
  const { leads } = deps.stores;
  const { today, find } = visibleLeads(deps);
  const { heads } = leadViews(deps);

  const headOf = async (lead: CapturedLead, version: number) => {
    const [body] = await heads([lead]);
    return body === undefined ? leadIsUnknown : { status: 200 as const, body, etag: String(version) };
  };

  return {
    'POST /leads/{leadId}/merge': async ({ path, body, caller, ifMatch }) => {
      const day = await today(caller);
      const [stays, goes] = await Promise.all([find(path.leadId, day), find(body.other, day)]);
      if (stays === undefined || goes === undefined) return leadIsUnknown;
      const result = await leads.changeTogether<MergeRefusal>([
        { id: path.leadId, ...expectedVersion(ifMatch), decide: (state) => absorbLead(state, goes.lead, 'by-hand') },
        // Merging a lead with itself is refused by the first decision; a transaction cannot contain the same key twice.
        ...(body.other === path.leadId
          ? []
          : [
              {
                id: body.other,
                expectedVersion: goes.version,
                decide: (state: Parameters<typeof becomeAbsorbed>[0]) => becomeAbsorbed(state, stays.lead),
              },
            ]),
      ]);
      return answerChange(result, ([changed]) =>
        changed === undefined || changed.state.status === 'none' ? versionConflict : headOf(changed.state, changed.version),
      );
    },
    'POST /leads/{leadId}/unmerge': async ({ path, body, caller, ifMatch }) => {
      if ((await find(path.leadId, await today(caller))) === undefined) return leadIsUnknown;
      const result = await leads.changeTogether<UndoRefusal>([
        { id: path.leadId, ...expectedVersion(ifMatch), decide: (state) => undoMerge(state, body.absorbed) },
        ...(body.absorbed === path.leadId
          ? []
          : [{ id: body.absorbed, decide: (state: Parameters<typeof restoreLead>[0]) => restoreLead(state, path.leadId) }]),
      ]);
      return answerChange(result, ([changed]) =>
        changed === undefined || changed.state.status === 'none' ? versionConflict : headOf(changed.state, changed.version),
      );
    },
    'DELETE /leads/{leadId}': async ({ path, caller }) => {
      if ((await find(path.leadId, await today(caller))) === undefined) return leadIsUnknown;
      const result = await erasePerson(deps, path.leadId, { reason: 'request' });
      if ('refused' in result) return { refused: result.refused };
      const after = await leads.find(path.leadId);
      const [body] = after === undefined ? [] : await heads([after.lead]);
      return body === undefined ? leadIsUnknown : { status: 202, body };
    },
    'GET /leads/{leadId}/access-report': async ({ path, caller }) => {
      const found = await find(path.leadId, await today(caller));
      return found === undefined
        ? leadIsUnknown
        : { status: 200, body: await accessReportOf(deps, found.lead, instant.parse(deps.clock.now())) };
    },
    'POST /leads/{leadId}/consents/{purpose}/withdraw': async ({ path, caller }) => {
      if ((await find(path.leadId, await today(caller))) === undefined) return leadIsUnknown;
      const result = await personConsents(leads).withdraw(path.leadId, path.purpose, 'employee');
      if ('refused' in result) return { refused: result.refused };
      if (!('changed' in result) || result.changed.state.status === 'none') return leadIsUnknown;
      return { status: 200, body: { consents: consentViews(result.changed.state) } };
    },
  };
};
