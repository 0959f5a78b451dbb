import { mostHandedOver, teamOn, type HandlersOf, type pipelineApi } from '@meilenstein/contracts';
import { refused } from '@meilenstein/kernel';
import { maySee } from '@meilenstein/runtime';
import { amendOpportunity } from '../domain/amend-opportunity.ts';
import { followOwner } from '../domain/owner-team.ts';
import type { PipelineDeps } from '../../live-pipeline.ts';
import { currentCompany } from './current-company.ts';

type Routes = Pick<HandlersOf<typeof pipelineApi>, 'POST /opportunities/hand-over'>;

export const handOverRoutes = (deps: PipelineDeps): Routes => ({
  'POST /opportunities/hand-over': async ({ body: { from, to }, caller }) => {
    const { company, today, scope, teamAt } = await currentCompany(deps, caller);
    const repNotFound = (field: string, value: string) =>
      refused('rep-not-found', 'there is no such rep whose opportunities you may give or who may get them', { field, value });
    if (from === to) return refused('same-rep', 'name another rep who gets the opportunities', { field: 'to', value: to });
    if (!company.reps.some(({ repId }) => repId === from) || !maySee(scope, from)) return repNotFound('from', from);
    const teamId = maySee(scope, to) ? teamOn(company, to, today) : undefined;
    if (teamId === undefined) return repNotFound('to', to);
    const { opportunities } = deps.stores;
    // read before anything changes, because what is given leaves the list
    const page = await opportunities.ofOwners([from], 'open', { limit: mostHandedOver });
    const items: { readonly id: string; readonly state: 'given' | 'refused'; readonly code: string | null }[] = [];
    for (const { opportunity } of page.items) {
      const { opportunityId: id } = opportunity.dimensions;
      const result = await opportunities.change(id, (state) =>
        amendOpportunity(followOwner(state, teamAt, deps.clock.now()), { owner: { repId: to, teamId } }),
      );
      items.push('refused' in result ? { id, state: 'refused', code: result.refused.code } : { id, state: 'given', code: null });
    }
    return { status: 200, body: { items, more: page.next !== null } };
  },
});
