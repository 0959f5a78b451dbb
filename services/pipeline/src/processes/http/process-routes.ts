import type { HandlersOf, pipelineApi } from '@meilenstein/contracts';
import { refused } from '@meilenstein/kernel';
import { answerChange, expectedVersion, fromCursor, toCursor } from '@meilenstein/runtime';
import { publishProcess } from '../domain/sales-process.ts';
import type { PublishedProcess } from '../store/process-store.ts';
import type { PipelineDeps } from '../../live-pipeline.ts';

type Routes = Pick<HandlersOf<typeof pipelineApi>, 'GET /processes' | 'GET /processes/{processId}' | 'PUT /processes/{processId}'>;

const view = (process: PublishedProcess) => ({ ...process, milestones: [...process.milestones] });

export const processRoutes = ({ stores: { processes } }: PipelineDeps): Routes => ({
  'GET /processes': async ({ query }) => {
    const after = query.cursor === undefined ? '' : fromCursor(query.cursor, ['processId']).processId;
    const all = (await processes.all())
      .filter((process) => process.processId > after)
      .toSorted((a, b) => (a.processId < b.processId ? -1 : 1));
    const items = all.slice(0, query.limit);
    const last = items.at(-1);
    return {
      status: 200,
      body: { items: items.map(view), next: all.length > items.length && last ? toCursor({ processId: last.processId }) : null },
    };
  },
  'GET /processes/{processId}': async ({ path }) => {
    const process = await processes.newest(path.processId);
    if (process === undefined) return refused('process-not-found', 'no process has this id', { field: 'processId', value: path.processId });
    return { status: 200, body: view(process), etag: String(process.version) };
  },
  'PUT /processes/{processId}': async ({ path, body, ifMatch }) => {
    const result = await processes.change(
      path.processId,
      (process) => publishProcess(process, path.processId, body),
      expectedVersion(ifMatch),
    );
    return answerChange(result, ({ state, version }) => ({
      status: 200,
      body: { ...body, processId: path.processId, version: state.versions.length },
      etag: String(version),
    }));
  },
});
