import type { App } from 'aws-cdk-lib';
import { leadConverted, leadErased, pipelineApi } from '@meilenstein/contracts';
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
    this.hears([leadConverted], { handler: 'on-lead-converted', impact: 'Converted leads do not become opportunities.' });
    this.hears([leadErased], {
      handler: 'on-lead-erased',
      impact: 'What customers said word for word is still kept of people who were erased.',
    });
    this.hearsOfTheCompany('Opportunities are opened for the wrong team, and orders in new currencies are refused.');
    uploadSubscription(this, 'import-opportunities', {
      stage,
      service: 'pipeline',
      handler: 'import-opportunities',
      bucket: imports,
      table: this.table,
      impact: 'An uploaded file of opportunities is not imported.',
    });
  }
}
