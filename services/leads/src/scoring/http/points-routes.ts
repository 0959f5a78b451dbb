import { answerChange, expectedVersion } from '@meilenstein/runtime';
import type { HandlersOf, leadsApi, ScoringRules } from '@meilenstein/contracts';
import { publishPoints, rulesOf, type PointsTable } from '../domain/points.ts';
import type { LeadsDeps } from '../../live-leads.ts';
import { checkNames, predicatesIn } from '../../qualification/http/check-names.ts';

type Routes = Pick<HandlersOf<typeof leadsApi>, 'GET /points' | 'PUT /points'>;

/** All predicates of a points table, each with its path. */
export const pointsPredicates = ({
  fit = [],
  engagement = [],
}: { readonly [List in 'fit' | 'engagement']?: ScoringRules[List] | undefined }) => [
  ...predicatesIn('fit', fit),
  ...predicatesIn('engagement', engagement),
];

const viewOf = (table: PointsTable) => ({ version: table.version, rules: table.rules, ...rulesOf(table) });

export const pointsRoutes = ({ stores }: LeadsDeps): Routes => ({
  'GET /points': async () => {
    const table = await stores.points.current();
    return { status: 200, body: viewOf(table), etag: String(table.version) };
  },
  'PUT /points': async ({ body, ifMatch }) => {
    const before = rulesOf(await stores.points.current());
    const missing = await checkNames(stores, pointsPredicates(body), pointsPredicates(before));
    if (missing !== undefined) return { refused: missing };
    const result = await stores.points.change((state) => publishPoints(state, body), expectedVersion(ifMatch));
    return answerChange(result, ({ state, version }) => ({ status: 200, body: viewOf(state), etag: String(version) }));
  },
});
