import type { App } from 'aws-cdk-lib';
import { EdgeStack } from './stacks/edge.ts';
import { EventBusStack } from './stacks/event-bus.ts';
import { ForecastStack } from './stacks/forecast.ts';
import { LeadsStack } from './stacks/leads.ts';
import { PageStack } from './stacks/page.ts';
import { PipelineStack } from './stacks/pipeline.ts';
import { QuotaStack } from './stacks/quota.ts';
import { ReportingStack } from './stacks/reporting.ts';
import type { Stage } from './stages.ts';

/** The whole system: a bus, an edge, the files of the page, and five services; all find bus and edge by name. */
export const addSystem = (app: App, stage: Stage): App => {
  const bus = new EventBusStack(app, stage);
  const edge = new EdgeStack(app, stage);
  const services = [LeadsStack, PipelineStack, QuotaStack, ForecastStack, ReportingStack].map((Service) => new Service(app, stage));
  for (const service of services) {
    service.addStackDependency(bus);
    service.addStackDependency(edge);
  }
  new PageStack(app, stage).addStackDependency(edge);
  return app;
};
