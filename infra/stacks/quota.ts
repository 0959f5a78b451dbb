import type { App } from 'aws-cdk-lib';
import { quotaApi, quotaOnOrder } from '@meilenstein/contracts';
import type { Stage } from '../stages.ts';
import { ServiceStack } from './service-stack.ts';

export class QuotaStack extends ServiceStack {
  constructor(app: App, stage: Stage) {
    super(app, stage, 'quota', 'Changes of organisation, settings, targets and credits stop reaching the other services.');
    this.serves(quotaApi, { handler: 'quota-api', impact: 'Nobody can see attainment or change organisation, settings and plans.' });
    this.receives(quotaOnOrder);
  }
}
