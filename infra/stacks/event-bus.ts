import { Stack, type App } from 'aws-cdk-lib';
import { Archive, EventBus, type IEventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { serviceNames } from '@meilenstein/contracts';
import { named, type Stage } from '../stages.ts';

/** The one bus, with an archive of thirty days for incidents. The history is in the tables. */
export class EventBusStack extends Stack {
  constructor(app: App, stage: Stage) {
    super(app, named(stage, 'event-bus'), { description: 'Meilenstein: the event bus' });
    const bus = new EventBus(this, 'Bus', { eventBusName: named(stage) });
    new Archive(this, 'Archive', {
      archiveName: named(stage),
      sourceEventBus: bus,
      eventPattern: { source: [...serviceNames] },
      retention: stage.archive,
    });
  }
}

/** The bus as the other stacks know it: by its name. */
export const busOf = (scope: Construct, stage: Stage): IEventBus =>
  EventBus.fromEventBusArn(
    scope,
    'Bus',
    Stack.of(scope).formatArn({ service: 'events', resource: 'event-bus', resourceName: named(stage) }),
  );
