import { leadRow, type HandlersOf, type leadsApi } from '@meilenstein/contracts';
import { importId, refused } from '@meilenstein/kernel';
import { answerRehearsal, type ImportJob, type ImportStarts } from '@meilenstein/runtime';

type Routes = Pick<
  HandlersOf<typeof leadsApi>,
  'POST /leads/imports' | 'GET /leads/imports/{importId}' | 'GET /leads/imports/{importId}/rehearsal'
>;

export const importRoutes = (imports: ImportJob, starts: ImportStarts): Routes => ({
  'POST /leads/imports': async ({ body: { system, ...asked }, newId }) => {
    const id = importId.parse(newId());
    await starts.record(id, system);
    return { status: 201, body: await imports.start(id, system, { ...asked, kind: 'lead' }) };
  },
  'GET /leads/imports/{importId}': async ({ path }) => {
    const status = await imports.status(path.importId);
    return status === undefined ? refused('import-not-found', 'importId: no import has this id') : { status: 200, body: status };
  },
  'GET /leads/imports/{importId}/rehearsal': async ({ path }) =>
    answerRehearsal(await imports.rehearsal(path.importId, leadRow, ['person'])),
});
