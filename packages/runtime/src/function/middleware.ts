import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';

/** One line for each unit of work; ids and codes only, never a payload. */
export const logger = new Logger();

const metrics = new Metrics({ namespace: 'meilenstein', serviceName: process.env['POWERTOOLS_SERVICE_NAME'] ?? 'meilenstein' });

/** Counts something in CloudWatch's embedded format, by service and stage; no call leaves the process. */
export const count = (metric: string, dimensions: Readonly<Record<string, string>> = {}): void => {
  const single = metrics.singleMetric();
  // Two stages in one account must not set off each other's alarms.
  single.addDimension('stage', process.env['STAGE'] ?? 'local');
  for (const [name, value] of Object.entries(dimensions)) single.addDimension(name, value);
  single.addMetric(metric, MetricUnit.Count, 1);
};

/** An early time-out comes so long before Lambda's own, in milliseconds. */
const earlyMillis = 200;
/** Remaining time is checked no more often than this. */
const shortestCheckMillis = 10;

/**
 * The work, or an error shortly before its time is over. What is left is asked for again each time: on the local cloud it is processor
 * time, which passes more slowly than the clock.
 */
const inTime = <Out>(work: Promise<Out>, context: Context): Promise<Out> =>
  new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const look = (): void => {
      const left = context.getRemainingTimeInMillis() - earlyMillis;
      if (left <= 0) reject(new Error('the function ran out of time'));
      else timer = setTimeout(look, Math.max(left, shortestCheckMillis));
    };
    work.then(resolve, reject).finally(() => clearTimeout(timer));
    look();
  });

/**
 * The outermost middleware of every function: log context, an early time-out that is logged before Lambda kills the process, and one line
 * for what nobody expected; then it throws on, so that the caller retries or answers 500.
 */
export const middleware = <In, Out>(work: (event: In, context: Context) => Promise<Out>) =>
  middy<In, Out>({ timeoutEarlyInMillis: 0 })
    .before(({ context }) => {
      logger.addContext(context);
    })
    .onError(({ error }) => {
      logger.error('unexpected', describe(error));
    })
    .handler((event: In, context: Context) => inTime(work(event, context), context));

/**
 * A Lambda handler in its middleware. Inside Lambda `build` runs at once, where the init phase has its full share of CPU; elsewhere only
 * when somebody calls, so that tests can import the file without an environment.
 */
export const lambda = <In, Out>(build: () => (event: In, context: Context) => Promise<Out>) => {
  let built = process.env['AWS_LAMBDA_FUNCTION_NAME'] === undefined ? undefined : build();
  return middleware<In, Out>((event, context) => {
    built ??= build();
    return built(event, context);
  });
};

/** An error without what it may have swallowed of a payload: its name, the first line of where, and the codes of AWS. */
export const describe = (error: unknown): { readonly error: string; readonly where: string } => {
  if (!(error instanceof Error)) return { error: typeof error, where: '' };
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  return {
    error: error.name,
    where: frames
      .slice(0, 3)
      .map((line) => line.trim())
      .join(' < '),
  };
};
