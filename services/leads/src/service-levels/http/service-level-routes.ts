import type { HandlersOf, leadsApi } from '@meilenstein/contracts';
import { answerChange, expectedVersion } from '@meilenstein/runtime';
import type { LeadsDeps } from '../../live-leads.ts';
import { checkNames, predicatesIn } from '../../qualification/http/check-names.ts';

type Routes = Pick<HandlersOf<typeof leadsApi>, 'GET /service-levels' | 'PUT /service-levels'>;

/** Reading and publishing service levels. */
export const serviceLevelRoutes = ({ stores }: LeadsDeps): Routes => ({
  'GET /service-levels': async () => {
    const body = await stores.serviceLevels.current();
    return { status: 200, body, etag: String(body.version) };
  },
  'PUT /service-levels': async ({ body, ifMatch }) => {
    const missing = await checkNames(
      stores,
      predicatesIn('levels', body.levels),
      predicatesIn('levels', (await stores.serviceLevels.current()).levels),
    );
    if (missing !== undefined) return { refused: missing };
    const regions = Object.keys((await stores.company.read()).holidays).toSorted();
    const result = await stores.serviceLevels.publish(body, { regions, ...expectedVersion(ifMatch) });
    return answerChange(result, ({ state, version }) => ({ status: 200, body: state, etag: String(version) }));
  },
});
