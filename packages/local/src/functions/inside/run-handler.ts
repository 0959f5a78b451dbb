// What happens inside an instance, be it a process or a thread: the bundle is loaded, and its handler called with Lambda's context.
// Only Node's own modules may be imported here: these files are run without the project around them.
import { existsSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export type Handler = (event: unknown, context: unknown) => unknown;

/** One invocation as the local cloud hands it over; both limits are in milliseconds and begin now. */
export type HandedInvocation = {
  readonly requestId: string;
  readonly functionArn: string;
  readonly payload: string;
  readonly processorMillis: number;
  readonly clockMillis: number;
};

const env = (name: string): string => process.env[name] ?? '';

/** @throws what the bundle throws while it is loaded, or that it has no such handler */
export async function loadHandler(): Promise<Handler> {
  const taskRoot = env('LAMBDA_TASK_ROOT');
  const [file = '', name = ''] = env('_HANDLER').split('.');
  const module = join(taskRoot, `${file}.mjs`);
  const exported: Readonly<Record<string, unknown>> = existsSync(module)
    ? await import(pathToFileURL(module).href)
    : loadCommonJs(taskRoot, join(taskRoot, `${file}.js`));
  const handler = exported[name];
  if (typeof handler !== 'function') throw new Error(`${env('_HANDLER')} is undefined or not exported`);
  return (event, context) => handler(event, context);
}

function loadCommonJs(taskRoot: string, file: string): Readonly<Record<string, unknown>> {
  // In an account nothing lies above the task folder; here a `"type": "module"` of the project does, and would turn the bundle into an ES module.
  registerHooks({
    load: (url, context, nextLoad) =>
      nextLoad(url, url.startsWith(pathToFileURL(taskRoot).href) && url.endsWith('.js') ? { ...context, format: 'commonjs' } : context),
  });
  return createRequire(join(taskRoot, 'index.js'))(file);
}

/** @param usedMicros processor time of this instance so far, in microseconds */
export function contextOf({ requestId, functionArn, processorMillis, clockMillis }: HandedInvocation, usedMicros: () => number) {
  const [usedBefore, begin] = [usedMicros(), performance.now()];
  return {
    awsRequestId: requestId,
    functionName: env('AWS_LAMBDA_FUNCTION_NAME'),
    functionVersion: '$LATEST',
    invokedFunctionArn: functionArn,
    memoryLimitInMB: env('AWS_LAMBDA_FUNCTION_MEMORY_SIZE'),
    logGroupName: `/aws/lambda/${env('AWS_LAMBDA_FUNCTION_NAME')}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
    // What is left of the limit that is reached first: processor time, or many times as much by the clock.
    getRemainingTimeInMillis: () =>
      Math.round(Math.min(processorMillis - (usedMicros() - usedBefore) / 1000, clockMillis - (performance.now() - begin))),
  };
}

/** An error as the Runtime API takes it. */
export const describeError = (error: unknown, type?: string): string =>
  error instanceof Error
    ? JSON.stringify({ errorType: type ?? error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') })
    : JSON.stringify({ errorType: type ?? typeof error, errorMessage: String(error), trace: [] });

/** What ends an instance from the inside, with the exit codes of Lambda's own runtime. */
export function whenUncaught(report: (error: string, exitCode: number) => void): void {
  process.on('uncaughtException', (error) => {
    console.error(error);
    report(describeError(error), 129);
  });
  process.on('unhandledRejection', (reason) => {
    console.error(reason);
    report(describeError(reason, 'Runtime.UnhandledPromiseRejection'), 128);
  });
}
