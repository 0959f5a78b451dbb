import { randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import type { System } from '../assembly/system.ts';
import type { Outcome } from '../functions/outcome.ts';
import { arnOf } from '../account-and-region.ts';
import { nextRun } from './next-run.ts';

/** The schedules of the system, ticking. */
export type Schedules = {
  /** Fires a schedule's target as if it were due at that time. */
  readonly fire: (name: string, scheduledTime: string) => Promise<Outcome>;
  readonly stop: () => void;
};

type SystemResource = System['schedules'][number];
type Options = {
  readonly invoke: (functionArn: string, payload: string) => Promise<Outcome>;
  readonly sendToDeadLetters: (queueArn: string, body: string) => void;
  readonly log: (line: string) => void;
};

/** Timers cannot wait longer than 24 days, and a machine may sleep: look again at least this often. */
const longestWaitMillis = 60_000;

export function startSchedules(described: readonly SystemResource[], options: Options): Schedules {
  const { log } = options;
  const timers = new Map<string, NodeJS.Timeout>();
  const startedAt = Temporal.Now.instant();
  for (const { path, properties } of described) readable(path, properties);
  const fire = (schedule: SystemResource, scheduledTime: string): Promise<Outcome> => {
    const { Arn, DeadLetterConfig } = schedule.properties.Target;
    const payload = inputOf(schedule, scheduledTime);
    return options.invoke(Arn, payload).catch((error: unknown) => {
      if (DeadLetterConfig?.Arn !== undefined) options.sendToDeadLetters(DeadLetterConfig.Arn, payload);
      throw error;
    });
  };
  const plan = (schedule: SystemResource, after: Temporal.Instant): void => {
    const { name, properties } = schedule;
    const due = nextRun(properties.ScheduleExpression, properties.ScheduleExpressionTimezone, after);
    if (due === undefined) return;
    const tick = (): void => {
      const wait = due.epochMilliseconds - Date.now();
      if (wait > 0) return void timers.set(name, setTimeout(tick, Math.min(wait, longestWaitMillis)).unref());
      plan(schedule, due);
      fire(schedule, due.toString({ smallestUnit: 'second' })).catch((error: unknown) => log(`${schedule.path}: ${String(error)}`));
    };
    tick();
  };
  for (const schedule of described) if (schedule.properties.State === 'ENABLED') plan(schedule, startedAt);
  return {
    fire: (name, scheduledTime) => {
      const schedule = described.find((each) => each.name === name);
      if (schedule === undefined) throw new Error(`${name}: no such schedule; there are ${described.map((each) => each.name).join(', ')}`);
      return fire(schedule, Temporal.Instant.from(scheduledTime).toString({ smallestUnit: 'second' }));
    },
    stop: () => {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}

function readable(path: string, { ScheduleExpression, ScheduleExpressionTimezone }: SystemResource['properties']): void {
  try {
    nextRun(ScheduleExpression, ScheduleExpressionTimezone, Temporal.Now.instant());
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function inputOf({ name, properties }: SystemResource, scheduledTime: string): string {
  const input = properties.Target.Input ?? '{}';
  const values: Readonly<Record<string, string>> = {
    'schedule-arn': arnOf('scheduler', `schedule/${properties.GroupName ?? 'default'}/${name}`),
    'scheduled-time': scheduledTime,
    'execution-id': randomUUID(),
    'attempt-number': '1',
  };
  return input.replaceAll(/<aws\.scheduler\.([a-z-]+)>/g, (whole, word: string) => values[word] ?? whole);
}
