import type { HandlersOf, pipelineApi } from '@meilenstein/contracts';
import { answerChange, expectedVersion } from '@meilenstein/runtime';
import type { PipelineDeps } from '../../live-pipeline.ts';
import { publishAccountFields, type AccountFields } from '../domain/account-fields.ts';

type Routes = Pick<HandlersOf<typeof pipelineApi>, 'GET /account-fields' | 'PUT /account-fields'>;

const answer = ({ version, fields }: AccountFields) => ({
  status: 200 as const,
  body: { version, fields: [...fields] },
  etag: String(version),
});

export const accountFieldsRoutes = ({ stores: { accountFields } }: PipelineDeps): Routes => ({
  'GET /account-fields': async () => answer(await accountFields.read()),
  'PUT /account-fields': async ({ body: { fields }, ifMatch }) =>
    answerChange(await accountFields.change((current) => publishAccountFields(current, fields), expectedVersion(ifMatch)), ({ state }) =>
      answer(state),
    ),
});
