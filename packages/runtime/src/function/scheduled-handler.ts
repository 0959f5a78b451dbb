import { instant, type Instant } from '@meilenstein/kernel';
import * as z from 'zod';
import { randomIds } from '../identity.ts';
import { traced } from './trace.ts';

/** The Scheduler substitutes `<aws.scheduler.scheduled-time>`, so that a late retry still works for the nominal time. */
const input = z.object({ scheduledTime: instant });

/** The handler of a scheduled function, which names the schedule: it gets the nominal time, never the current one. */
export const onSchedule =
  <Out>(name: string, work: (scheduledTime: Instant) => Promise<Out>) =>
  (event: unknown): Promise<Out> => {
    const { scheduledTime } = input.parse(event);
    return traced({ correlationId: randomIds.next(), causedBy: null, actor: { kind: 'schedule', name } }, () => work(scheduledTime));
  };
