import type { HandlersOf, leadsApi } from '@meilenstein/contracts';
import { expectedVersion, versionIsStale } from '@meilenstein/runtime';
import type { LeadsDeps } from './live-leads.ts';

type Routes = Pick<HandlersOf<typeof leadsApi>, 'GET /service-levels' | 'PUT /service-levels'>;

/** What sales promises. */
export const serviceLevelRoutes = ({ shelves: { serviceLevels, company, segments } }: LeadsDeps): Routes => ({
  'GET /service-levels': async () => {
    const body = await serviceLevels.current();
    return { status: 200, body, etag: String(body.version) };
  },
  'PUT /service-levels': async ({ body, ifMatch }) => {
    const [{ holidays, teams }, market] = await Promise.all([company.read(), segments.current()]);
    const known = {
      regions: Object.keys(holidays),
      teams: teams.map((one) => one.teamId),
      segments: market.segments.map((one) => one.segmentId),
    };
    const result = await serviceLevels.publish(body, { known, ...expectedVersion(ifMatch) });
    if ('refused' in result) return { refused: result.refused };
    return 'changed' in result ? { status: 200, body: result.changed.state, etag: String(result.changed.version) } : versionIsStale;
  },
});
