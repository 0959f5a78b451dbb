import type { HandlersOf, leadsApi } from '@meilenstein/contracts';
import { refused } from '@meilenstein/kernel';
import type { ImportJob } from '@meilenstein/runtime';

type Routes = Pick<HandlersOf<typeof leadsApi>, 'POST /leads/imports' | 'GET /leads/imports/{importId}'>;

export const importRoutes = (imports: ImportJob): Routes => ({
  'POST /leads/imports': async ({ body, newId }) => ({ status: 201, body: await imports.start(newId(), body.system) }),
  'GET /leads/imports/{importId}': async ({ path }) => {
    const status = await imports.status(path.importId);
    return status === undefined ? refused('import-not-found', 'importId: no import has this id') : { status: 200, body: status };
  },
});
