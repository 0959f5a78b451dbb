import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { readBody } from './read-body.ts';

/** One operation of a service that speaks the AWS JSON protocol: input in, output out. */
export type Operation = (input: unknown) => unknown;

/** An error that the caller's SDK turns into an exception of that name. */
export class ServiceError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Answers a request of the AWS JSON protocol 1.0 or 1.1 with the operation that its `x-amz-target` names. */
export async function answerJsonService(
  request: IncomingMessage,
  response: ServerResponse,
  operations: Readonly<Record<string, Operation>>,
): Promise<void> {
  const body = await readBody(request);
  const target = String(request.headers['x-amz-target']);
  const { status, output } = await run(operations[target], target, body);
  const text = JSON.stringify(output ?? {});
  response.writeHead(status, {
    'content-type': request.headers['content-type'] ?? 'application/x-amz-json-1.1',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

async function run(operation: Operation | undefined, target: string, body: Buffer): Promise<{ status: number; output: unknown }> {
  if (operation === undefined) return failed(400, 'UnknownOperationException', `${target} is not supported on this machine`);
  try {
    return { status: 200, output: await operation(JSON.parse(body.toString('utf8') || '{}')) };
  } catch (error) {
    if (error instanceof ServiceError) return failed(400, error.code, error.message);
    if (error instanceof z.ZodError || error instanceof SyntaxError) return failed(400, 'ValidationException', error.message);
    return failed(500, 'InternalFailure', error instanceof Error ? error.message : String(error));
  }
}

const failed = (status: number, code: string, message: string) => ({ status, output: { __type: code, message } });
