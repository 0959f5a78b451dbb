// The inside of a function's process: takes invocations from the Runtime API and runs the bundled handler, as Lambda's own runtime does.
import { Agent, request } from 'node:http';
import { createRequire, registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const env = (name: string): string => process.env[name] ?? '';
const runtime = `http://${env('AWS_LAMBDA_RUNTIME_API')}/2018-06-01/runtime`;
const agent = new Agent({ keepAlive: true });
const taskRoot = env('LAMBDA_TASK_ROOT');

type Answer = { readonly headers: Readonly<Record<string, string | string[] | undefined>>; readonly body: string };

const call = (method: string, path: string, body = ''): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const outgoing = request(
      `${runtime}/${path}`,
      { method, agent, headers: { 'content-length': Buffer.byteLength(body) } },
      (incoming) => {
        const parts: Buffer[] = [];
        incoming.on('data', (part: Buffer) => parts.push(part));
        incoming.on('end', () => resolve({ headers: incoming.headers, body: Buffer.concat(parts).toString('utf8') }));
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });

const describeError = (error: unknown): string =>
  error instanceof Error
    ? JSON.stringify({ errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') })
    : JSON.stringify({ errorType: typeof error, errorMessage: String(error), trace: [] });

// In an account nothing lies above the task folder; here a `"type": "module"` of the project does, and would turn the bundle into an ES module.
registerHooks({
  load: (url, context, nextLoad) =>
    nextLoad(url, url.startsWith(pathToFileURL(taskRoot).href) && url.endsWith('.js') ? { ...context, format: 'commonjs' } : context),
});

const [file = '', name = ''] = env('_HANDLER').split('.');
const load = (): ((event: unknown, context: unknown) => unknown) => {
  const bundle: Readonly<Record<string, unknown>> = createRequire(join(taskRoot, 'index.js'))(join(taskRoot, file));
  const handler = bundle[name];
  if (typeof handler !== 'function') throw new Error(`${env('_HANDLER')} is undefined or not exported`);
  return (event, context) => handler(event, context);
};

const parentIsGone = (): never => process.exit(0);
// However the parent went: the pipe to it ends, also while a handler runs.
process.stdin.once('close', parentIsGone).resume();
const handler = await (async () => load())().catch(async (error: unknown) => {
  console.error(error);
  await call('POST', 'init/error', describeError(error)).catch(parentIsGone);
  process.exit(1);
});

for (;;) {
  const { headers, body } = await call('GET', 'invocation/next').catch(parentIsGone);
  const requestId = String(headers['lambda-runtime-aws-request-id']);
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  const context = {
    awsRequestId: requestId,
    functionName: env('AWS_LAMBDA_FUNCTION_NAME'),
    functionVersion: '$LATEST',
    invokedFunctionArn: String(headers['lambda-runtime-invoked-function-arn']),
    memoryLimitInMB: env('AWS_LAMBDA_FUNCTION_MEMORY_SIZE'),
    logGroupName: `/aws/lambda/${env('AWS_LAMBDA_FUNCTION_NAME')}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
  try {
    const result = await handler(JSON.parse(body), context);
    await call('POST', `invocation/${requestId}/response`, JSON.stringify(result) ?? 'null').catch(parentIsGone);
  } catch (error) {
    console.error(error);
    await call('POST', `invocation/${requestId}/error`, describeError(error)).catch(parentIsGone);
  }
}
