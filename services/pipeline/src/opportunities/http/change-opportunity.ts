import type { Caller, OpportunityFact } from '@meilenstein/contracts';
import { refused, type Decision, type OpportunityId, type Refusal } from '@meilenstein/kernel';
import { answerChange, expectedVersion } from '@meilenstein/runtime';
import type { ExistingOpportunity, Opportunity } from '../domain/opportunity.ts';
import { followOwner } from '../domain/owner-team.ts';
import type { PipelineDeps } from '../../live-pipeline.ts';
import { currentCompany, maySeeOpportunity, type CurrentCompany } from './current-company.ts';
import { opportunityView } from './opportunity-view.ts';

// One answer for an unknown opportunity and for one that the caller may not see.
export const opportunityNotFound = refused('opportunity-not-found', 'opportunityId: no opportunity that you may see has this id');

type Request = { readonly path: { readonly opportunityId: OpportunityId }; readonly caller: Caller; readonly ifMatch: string | undefined };

/** Changes one opportunity and answers how it looks afterwards. */
export const opportunityChanges = (deps: PipelineDeps) => {
  const { opportunities, processes } = deps.stores;

  const view = async (opportunity: ExistingOpportunity, { teamAt }: Pick<CurrentCompany, 'teamAt'>) => {
    const { processId, processVersion } = opportunity.dimensions;
    return opportunityView(followOwner(opportunity, teamAt, deps.clock.now()), await processes.milestonesOf(processId, processVersion));
  };

  const answer = async <const Status extends 200 | 201>(
    status: Status,
    { state, version }: { readonly state: Opportunity; readonly version: number },
    today: CurrentCompany,
  ) => (state.status === 'none' ? opportunityNotFound : { status, body: await view(state, today), etag: String(version) });

  return {
    view,
    answer,
    /** an opportunity that the caller may see, at the version that was read */
    change: async <Code extends string>(
      { path, caller, ifMatch }: Request,
      rule: (state: Opportunity, today: CurrentCompany) => Decision<OpportunityFact, Refusal<Code>>,
    ) => {
      const today = await currentCompany(deps, caller);
      const found = await opportunities.find(path.opportunityId);
      if (found === undefined || !maySeeOpportunity(today, found.opportunity)) return opportunityNotFound;
      const { teamAt } = today;
      const result = await opportunities.change(
        path.opportunityId,
        (state) => rule(followOwner(state, teamAt, deps.clock.now()), today),
        expectedVersion(ifMatch),
      );
      return answerChange(result, (changed) => answer(200, changed, today));
    },
  };
};
