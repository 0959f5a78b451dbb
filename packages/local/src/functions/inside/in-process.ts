// Runs inside a function's process: takes invocations from the Runtime API and runs the bundled handler, as Lambda's own runtime does.
import { writeSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { Socket } from 'node:net';
import { contextOf, describeError, type HandedInvocation, loadHandler, whenUncaught } from './run-handler.ts';

const runtime = `http://${process.env['AWS_LAMBDA_RUNTIME_API'] ?? ''}/2018-06-01/runtime`;
const agent = new Agent({ keepAlive: true });
/** The channel to the process that started this one. */
const parentChannel = 3;

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

const usedMicros = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

const parentIsGone = (): never => process.exit(0);
// However the parent ended: its channel closes, also while a handler waits.
new Socket({ fd: parentChannel }).once('error', parentIsGone).once('close', parentIsGone).resume();

let current: string | undefined;
/** The answer to the last invocation, while it is on its way. */
let answering: Promise<unknown> = Promise.resolve();
const handler = await loadHandler().catch(async (error: unknown) => {
  console.error(error);
  await call('POST', 'init/error', describeError(error)).catch(parentIsGone);
  process.exit(1);
});
whenUncaught((error, exitCode) => {
  const told = current === undefined ? answering : call('POST', `invocation/${current}/error`, error);
  told.catch(() => undefined).finally(() => process.exit(exitCode));
});

const invoke = async (handed: HandedInvocation): Promise<readonly [kind: 'response' | 'error', body: string]> => {
  try {
    return ['response', JSON.stringify(await handler(JSON.parse(handed.payload), contextOf(handed, usedMicros))) ?? 'null'];
  } catch (error) {
    console.error(error);
    return ['error', describeError(error)];
  }
};

for (;;) {
  const { headers, body } = await call('GET', 'invocation/next').catch(parentIsGone);
  const requestId = String(headers['lambda-runtime-aws-request-id']);
  current = requestId;
  // Sent at once and synchronously: an invocation that no instance has taken is given to another one when this one dies.
  writeSync(parentChannel, 't');
  const handed = {
    requestId,
    functionArn: String(headers['lambda-runtime-invoked-function-arn']),
    payload: body,
    processorMillis: Number(headers['local-processor-millis']),
    clockMillis: Number(headers['lambda-runtime-deadline-ms']) - Date.now(),
  };
  const [kind, answer] = await invoke(handed);
  current = undefined;
  answering = call('POST', `invocation/${requestId}/${kind}`, answer).catch(parentIsGone);
  await answering;
}
