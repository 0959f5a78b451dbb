import { Duration, type App } from 'aws-cdk-lib';
import { quotaApi, quotaOnOrder } from '@meilenstein/contracts';
import type { Stage } from '../stages.ts';
import { ServiceStack } from './service-stack.ts';

export class QuotaStack extends ServiceStack {
  constructor(app: App, stage: Stage) {
    super(app, stage, 'quota', 'Changes of the organisation, settings, targets and credits no longer reach the other services.');
    this.serves(quotaApi, {
      handler: 'quota-api',
      // An organisation of 5,000 new reps needs 150 transactions into one partition of an index, which accepts 1,000 writes a second.
      timeout: Duration.seconds(29),
      impact: 'Nobody can see attainment or change the organisation, settings and plans.',
    });
    this.receives(quotaOnOrder);
  }
}
