import { Duration, type App } from 'aws-cdk-lib';
import { forecastApi, pipelineEvents } from '@meilenstein/contracts';
import { ScheduledFunction } from '../constructs/schedule.ts';
import type { Stage } from '../stages.ts';
import { ServiceStack } from './service-stack.ts';

export class ForecastStack extends ServiceStack {
  constructor(app: App, stage: Stage) {
    super(app, stage, 'forecast', 'Nightly forecasts stop reaching reports.');
    this.serves(forecastApi, { handler: 'forecast-api', impact: 'Nobody can see the forecast.' });
    this.hears(pipelineEvents, { handler: 'on-pipeline-event', impact: 'The forecast does not follow what customers do.' });
    this.hearsOfTheCompany('The forecast is cut by an old organisation or calendar.');
    const nightly = new ScheduledFunction(this, 'nightly-snapshot', {
      stage,
      service: 'forecast',
      handler: 'nightly-snapshot',
      cron: '15 0 * * ? *',
      timeout: Duration.minutes(10),
      memory: 1024,
      impact: 'Today’s forecast is not kept, so it cannot be graded later.',
    });
    nightly.function.grantTable(this.table);
  }
}
