import { Duration, type App } from 'aws-cdk-lib';
import {
  pipelineApi,
  pipelineOnAccountChanged,
  pipelineOnCompanyChanged,
  pipelineOnDwellMeasured,
  pipelineOnLeadConverted,
  pipelineOnLeadErased,
  pipelineOnSegmentsPublished,
} from '@meilenstein/contracts';
import { privateBucket } from '../constructs/private-bucket.ts';
import { uploadSubscription } from '../constructs/upload-subscription.ts';
import type { Stage } from '../stages.ts';
import { allowPresigned, ServiceStack } from './service-stack.ts';

export class PipelineStack extends ServiceStack {
  constructor(app: App, stage: Stage) {
    super(app, stage, 'pipeline', 'Milestones, orders and losses stop reaching quotas, forecasts and reports.');
    const imports = privateBucket(this, 'Imports', { stage, name: 'pipeline-imports', expireAfterDays: 30, uploads: true });

    const api = this.serves(pipelineApi, { handler: 'pipeline-api', impact: 'Reps cannot record what their customers did.' });
    allowPresigned(api, imports, ['s3:PutObject', 's3:GetObject']);
    this.receives(pipelineOnLeadConverted);
    this.receives(pipelineOnLeadErased);
    this.receives(pipelineOnDwellMeasured);
    this.receives(pipelineOnAccountChanged, { timeout: Duration.seconds(30) });
    this.receives(pipelineOnSegmentsPublished);
    this.receives(pipelineOnCompanyChanged, { timeout: Duration.seconds(30) });
    uploadSubscription(this, 'import-opportunities', {
      stage,
      service: 'pipeline',
      handler: 'import-opportunities',
      bucket: imports,
      table: this.table,
      impact: 'Uploaded files of opportunities are not imported.',
    });
  }
}
