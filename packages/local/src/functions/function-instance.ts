import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { arnOf } from '../place.ts';

const bootstrap = fileURLToPath(new URL('bootstrap.ts', import.meta.url));

/** What a function answered: its JSON, and whether that is an error. */
export type Outcome = { readonly payload: string; readonly failed: boolean };

export type Invocation = { readonly payload: string; readonly settle: (outcome: Outcome) => void };

/** What to run and with what. */
export type FunctionDefinition = {
  readonly name: string;
  readonly taskRoot: string;
  readonly handler: string;
  readonly timeoutMillis: number;
  readonly memoryMegabytes: number;
  readonly environment: Readonly<Record<string, string>>;
};

/** One process of a function; it runs one invocation at a time. */
export type Instance = {
  readonly id: string;
  readonly isIdle: () => boolean;
  readonly isStarting: () => boolean;
  readonly run: (invocation: Invocation) => void;
  /** The process asks for its next invocation; the answer is held back until there is one. */
  readonly next: (response: ServerResponse) => void;
  readonly settle: (outcome: Outcome) => void;
  readonly failInit: (payload: string) => void;
  readonly kill: () => void;
  readonly gone: Promise<void>;
};

type Callbacks = { readonly onIdle: () => void; readonly onGone: (initError: string | undefined) => void };

const failure = (errorType: string, errorMessage: string): Outcome => ({
  payload: JSON.stringify({ errorType, errorMessage }),
  failed: true,
});

/** Starts a process that runs the function's bundle through the Runtime API at `runtimeAddress` (host:port/path). */
export function startInstance(
  definition: FunctionDefinition,
  runtimeAddress: string,
  logFile: number,
  { onIdle, onGone }: Callbacks,
): Instance {
  const id = randomUUID();
  const child = startProcess(definition, `${runtimeAddress}/${id}`, logFile);
  let waiting: ServerResponse | undefined;
  let current: { invocation: Invocation; requestId: string; timer: NodeJS.Timeout } | undefined;
  let starting = true;
  let initError: string | undefined;
  const settle = (outcome: Outcome): void => {
    const finished = current;
    current = undefined;
    clearTimeout(finished?.timer);
    finished?.invocation.settle(outcome);
  };
  const { promise: gone, resolve: resolveGone } = Promise.withResolvers<void>();
  child.once('error', () => child.emit('exit', null, 'SPAWN'));
  child.once('exit', (code, signal) => {
    const requestId = current?.requestId;
    settle(
      failure(
        'Runtime.ExitError',
        `RequestId: ${requestId} Error: Runtime exited with error: ${signal ? `signal: ${signal}` : `exit status ${code}`}`,
      ),
    );
    resolveGone();
    onGone(
      starting
        ? (initError ?? failure('Runtime.ExitError', `Runtime exited during start with status ${code ?? signal}`).payload)
        : undefined,
    );
  });
  return {
    id,
    gone,
    isIdle: () => waiting !== undefined,
    isStarting: () => starting,
    settle,
    failInit: (payload) => {
      initError = payload;
    },
    kill: () => child.kill('SIGKILL'),
    next: (response) => {
      starting = false;
      waiting = response;
      onIdle();
    },
    run: (invocation) => {
      const requestId = randomUUID();
      const timer = setTimeout(() => {
        settle(
          failure(
            'Sandbox.Timedout',
            `RequestId: ${requestId} Error: Task timed out after ${(definition.timeoutMillis / 1000).toFixed(2)} seconds`,
          ),
        );
        child.kill('SIGKILL');
      }, definition.timeoutMillis);
      current = { invocation, requestId, timer };
      const response = waiting;
      waiting = undefined;
      response?.writeHead(200, {
        'content-type': 'application/json',
        'lambda-runtime-aws-request-id': requestId,
        'lambda-runtime-deadline-ms': String(Date.now() + definition.timeoutMillis),
        'lambda-runtime-invoked-function-arn': arnOf('lambda', `function:${definition.name}`),
      });
      response?.end(invocation.payload);
    },
  };
}

function startProcess(definition: FunctionDefinition, runtimeApi: string, logFile: number): ChildProcess {
  return spawn(process.execPath, [`--max-old-space-size=${definition.memoryMegabytes}`, bootstrap], {
    cwd: definition.taskRoot,
    // The pipe carries nothing; its end tells the function that we are gone.
    stdio: ['pipe', logFile, logFile],
    env: {
      ...definition.environment,
      PATH: process.env['PATH'],
      TZ: 'UTC',
      AWS_LAMBDA_RUNTIME_API: runtimeApi,
      AWS_LAMBDA_FUNCTION_NAME: definition.name,
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMegabytes),
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      LAMBDA_TASK_ROOT: definition.taskRoot,
      _HANDLER: definition.handler,
    },
  });
}
