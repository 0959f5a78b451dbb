import type { HandlersOf, pipelineApi } from '@meilenstein/contracts';
import { refused } from '@meilenstein/kernel';
import { sortedPage } from '@meilenstein/runtime';
import { opportunityFinder } from '../domain/find-opportunities.ts';
import type { PipelineDeps } from '../../live-pipeline.ts';
import { ownersOf } from './current-company.ts';
import { filteredOpportunities, opportunityItems, orderBy, totalOf, valued, viewing } from './visible-opportunities.ts';

type Routes = Pick<HandlersOf<typeof pipelineApi>, 'GET /opportunities' | 'POST /search/opportunities'>;

const mostSearched = 20_000;
const mostFound = 20;

export const listTooLong = refused(
  'list-too-long',
  'more opportunities match than can be filtered or summed at once; add `owner` or `status=open`',
);

/** Lists of opportunities, and search. */
export const opportunityListRoutes = (deps: PipelineDeps): Routes => {
  const { opportunities } = deps.stores;

  return {
    'GET /opportunities': async ({ query, caller }) => {
      const seen = await viewing(deps, caller);
      const { owner, status, limit, cursor, ...narrowed } = query;
      if (owner !== undefined && !seen.company.reps.some(({ repId }) => repId === owner))
        return refused('rep-not-found', 'the organisation knows no such rep', { field: 'owner', value: owner });
      if (status !== 'open' && Object.values(narrowed).every((value) => value === undefined)) {
        const page = await opportunities.ofOwners(ownersOf(seen, owner), status, query);
        const items = await opportunityItems(deps, valued(seen, page.items));
        return { status: 200, body: { items, next: page.next, total: null } };
      }
      const found = await filteredOpportunities(deps, seen, query);
      if (found === undefined) return listTooLong;
      const page = sortedPage(found, orderBy(query.sort ?? 'newest'), { limit, cursor });
      return {
        status: 200,
        body: { items: await opportunityItems(deps, page.items), next: page.next, total: totalOf(seen, found) },
      };
    },
    'POST /search/opportunities': async ({ body, caller }) => {
      const seen = await viewing(deps, caller);
      const { found, isComplete } = await opportunities.allOf(ownersOf(seen), undefined, mostSearched);
      const finds = opportunityFinder(body.text);
      const isOpen = ({ opportunity }: (typeof found)[number]): boolean => opportunity.status === 'open';
      const hits = valued(seen, found)
        .filter(({ opportunity }) => finds(opportunity))
        .toSorted(
          (a, b) =>
            Number(isOpen(b)) - Number(isOpen(a)) || (a.opportunity.dimensions.openedAt < b.opportunity.dimensions.openedAt ? 1 : -1),
        );
      const items = await opportunityItems(deps, hits.slice(0, mostFound));
      return { status: 200, body: { items, isComplete: isComplete && hits.length <= mostFound } };
    },
  };
};
