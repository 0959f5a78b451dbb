import type { HandlersOf, leadsApi } from '@meilenstein/contracts';
import { publishPoints } from '../domain/points.ts';
import { expectedVersion, versionIsStale } from './expected-version.ts';
import type { LeadsDeps } from './live-leads.ts';

type Routes = Pick<HandlersOf<typeof leadsApi>, 'GET /points' | 'PUT /points'>;

export const pointsRoutes = ({ shelves: { points } }: LeadsDeps): Routes => ({
  'GET /points': async () => {
    const table = await points.current();
    return { status: 200, body: table, etag: String(table.version) };
  },
  'PUT /points': async ({ body, ifMatch }) => {
    const result = await points.change((state) => publishPoints(state, body.rules), expectedVersion(ifMatch));
    if ('refused' in result) return { refused: result.refused };
    if (!('changed' in result)) return versionIsStale;
    const { state, version } = result.changed;
    return { status: 200, body: state, etag: String(version) };
  },
});
