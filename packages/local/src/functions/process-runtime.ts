import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { readBody } from '../endpoint/read-body.ts';
import { environmentOf, type FunctionDefinition } from './function-definition.ts';
import type { HandedInvocation } from './inside/run-handler.ts';
import type { RuntimeEvents, StartRuntime } from './runtime.ts';

export const runtimePath = '/runtime';

const pattern = /^\/runtime\/([^/]+)\/2018-06-01\/runtime\/(invocation\/next|invocation\/[^/]+\/(response|error)|init\/error)$/;

/** Functions in processes of their own, which speak Lambda's Runtime API with this one. */
export type ProcessRuntimes = {
  readonly start: StartRuntime;
  /** Answers the calls that functions' processes make to the Runtime API; the path's first part names the process. */
  readonly answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
};

type Running = { readonly events: RuntimeEvents; readonly next: (response: ServerResponse) => void };

/**
 * @param program the file that runs inside each process
 * @param address `host:port/path` under which `answer` is reached
 */
export function processRuntimes(program: string, address: string): ProcessRuntimes {
  const running = new Map<string, Running>();
  return {
    start: (definition, logFile, events) => {
      const id = randomUUID();
      const child = startProcess(program, definition, `${address}/${id}`, logFile);
      let waiting: ServerResponse | undefined;
      running.set(id, {
        events,
        next: (response) => {
          waiting = response;
          events.onNext();
        },
      });
      const ended = (how: string): void => {
        if (running.delete(id)) events.onExit(how);
      };
      child.once('error', (error) => ended(`it could not be started: ${error.message}`));
      child.once('exit', (code, signal) => ended(signal === null ? `exit status ${code}` : `signal: ${signal}`));
      const channel = child.stdio[3];
      channel?.on('error', () => undefined);
      channel?.on('data', () => events.onTaken());
      return {
        hand: (invocation) => {
          answerNext(waiting, invocation);
          waiting = undefined;
        },
        usedMillis: () => processorMillis(child.pid),
        kill: () => child.kill('SIGKILL'),
      };
    },
    answer: async (request, response) => {
      const [, id = '', operation, result] = pattern.exec(request.url ?? '') ?? [];
      const found = running.get(id);
      if (found === undefined || operation === undefined) {
        response.writeHead(404).end();
        return;
      }
      if (operation === 'invocation/next') return found.next(response);
      const payload = (await readBody(request)).toString('utf8');
      response.writeHead(202).end();
      if (operation === 'init/error') found.events.onInitError(payload);
      else found.events.onSettled({ payload, failed: result === 'error' });
    },
  };
}

function answerNext(response: ServerResponse | undefined, invocation: HandedInvocation): void {
  response?.writeHead(200, {
    'content-type': 'application/json',
    'lambda-runtime-aws-request-id': invocation.requestId,
    'lambda-runtime-deadline-ms': String(Date.now() + invocation.clockMillis),
    'lambda-runtime-invoked-function-arn': invocation.functionArn,
    'local-processor-millis': String(invocation.processorMillis),
  });
  response?.end(invocation.payload);
}

function startProcess(program: string, definition: FunctionDefinition, runtimeApi: string, logFile: number): ChildProcess {
  return spawn(process.execPath, [`--max-old-space-size=${definition.memoryMegabytes}`, program], {
    cwd: definition.taskRoot,
    // Through the last one the process says that it took an invocation, and its end tells the process that we are gone.
    stdio: ['ignore', logFile, logFile, 'pipe'],
    env: { ...environmentOf(definition), AWS_LAMBDA_RUNTIME_API: runtimeApi },
  });
}

const run = promisify(execFile);
/** Linux counts processor time in hundredths of a second, whatever its kernel was built with. */
const millisPerTick = 10;

/** Processor time of a process in milliseconds; 0 where the machine does not tell, so that only the clock bounds it. */
async function processorMillis(pid: number | undefined): Promise<number> {
  if (pid === undefined) return 0;
  if (process.platform === 'linux') {
    const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /s, '').split(' ');
    return (Number(fields[11]) + Number(fields[12])) * millisPerTick;
  }
  if (process.platform === 'win32') return 0;
  const { stdout } = await run('ps', ['-o', 'time=', '-p', String(pid)]);
  return readProcessorTime(stdout);
}

/** Reads `[[days-]hours:]minutes:seconds[.hundredths]` as `ps` prints it. @returns milliseconds */
export function readProcessorTime(text: string): number {
  const [, days = '0', clock = '0'] = /^(?:(\d+)-)?([\d:.,]+)$/.exec(text.trim()) ?? [];
  const seconds = clock.split(':').reduce((sum, part) => sum * 60 + Number(part.replace(',', '.')), 0);
  return Math.round((Number(days) * 86_400 + seconds) * 1000);
}
