import { Duration, type App } from 'aws-cdk-lib';
import { quotaApi, quotaOnOrder } from '@meilenstein/contracts';
import type { Stage } from '../stages.ts';
import { ServiceStack } from './service-stack.ts';

export class QuotaStack extends ServiceStack {
  constructor(app: App, stage: Stage) {
    super(app, stage, 'quota', 'Changes of organisation, settings, targets and credits stop reaching the other services.');
    this.serves(quotaApi, {
      handler: 'quota-api',
      // an organisation of 5,000 new reps is 150 transactions into one partition of an index, which takes 1,000 writes a second
      timeout: Duration.seconds(29),
      impact: 'Nobody can see attainment or change organisation, settings and plans.',
    });
    this.receives(quotaOnOrder);
  }
}
