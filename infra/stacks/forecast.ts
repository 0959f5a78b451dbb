import { Duration, type App } from 'aws-cdk-lib';
import {
  forecastApi,
  forecastOnCompanyChanged,
  forecastOnPipelineEvent,
  forecastOnReplayRequested,
  forecastOnTargetsSet,
} from '@meilenstein/contracts';
import { ScheduledFunction } from '../constructs/schedule.ts';
import type { Stage } from '../stages.ts';
import { ServiceStack } from './service-stack.ts';

export class ForecastStack extends ServiceStack {
  constructor(app: App, stage: Stage) {
    super(app, stage, 'forecast', 'Nightly forecasts, grades, leaks and stalled opportunities stop reaching the other services.');
    this.serves(forecastApi, {
      handler: 'forecast-api',
      // one function forecasts every node at once; 100,000 open opportunities take 1.4 GB, and more memory is more processor
      memory: 3008,
      timeout: Duration.seconds(29),
      impact: 'Nobody can see forecasts, grades or leaks, and managers cannot set their judgements.',
    });
    this.receives(forecastOnPipelineEvent);
    this.receives(forecastOnTargetsSet);
    this.receives(forecastOnReplayRequested, {
      // one run at a time reads the whole history and forecasts three years of it again
      batchSize: 1,
      concurrency: 2,
      memory: 3008,
      timeout: Duration.minutes(15),
    });
    this.receives(forecastOnCompanyChanged, { timeout: Duration.seconds(30) });
    this.nightly('nightly-snapshot', '15 0 * * ? *', 'Today’s forecast is not stored, so it cannot be graded or explained later.');
    this.nightly('grade-forecasts', '45 0 * * ? *', 'Forecasts of the window that ended are not graded.');
    this.nightly('find-leaks', '30 1 * * ? *', 'Leaks and newly stalled opportunities are not reported.');
  }

  /** A function that runs once a night by the company’s clock. */
  private nightly(handler: string, cron: string, impact: string): void {
    const { stage, service } = this;
    const made = new ScheduledFunction(this, handler, {
      stage,
      service,
      handler,
      cron,
      timeout: Duration.minutes(15),
      memory: 3008,
      impact,
    });
    made.function.grantTable(this.table);
  }
}
