import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../endpoint/read-body.ts';
import type { FunctionPool } from './function-pool.ts';

export const runtimePath = '/runtime';

const pattern = /^\/runtime\/([^/]+)\/2018-06-01\/runtime\/(invocation\/next|invocation\/[^/]+\/(response|error)|init\/error)$/;

/** Answers the calls that functions' processes make to Lambda's Runtime API; the path's first part names the instance. */
export async function answerRuntimeApi(request: IncomingMessage, response: ServerResponse, pools: readonly FunctionPool[]): Promise<void> {
  const [, id = '', operation, result] = pattern.exec(request.url ?? '') ?? [];
  const instance = pools.find((pool) => pool.instance(id) !== undefined)?.instance(id);
  if (instance === undefined || operation === undefined) {
    response.writeHead(404).end();
    return;
  }
  if (operation === 'invocation/next') return instance.next(response);
  const payload = (await readBody(request)).toString('utf8');
  response.writeHead(202).end();
  if (operation === 'init/error') instance.failInit(payload);
  else instance.settle({ payload, failed: result === 'error' });
}
