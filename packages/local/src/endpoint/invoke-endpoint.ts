import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Functions } from '../functions/functions.ts';
import { nameInArn } from '../account-and-region.ts';
import { readBody } from './read-body.ts';

/** Lambda's Invoke: waits for the answer, or only takes the event when `x-amz-invocation-type` says so. */
export async function answerInvoke(request: IncomingMessage, response: ServerResponse, functions: Functions): Promise<void> {
  const [, name = ''] = /^\/2015-03-31\/functions\/([^/]+)\/invocations/.exec(request.url ?? '') ?? [];
  const payload = (await readBody(request)).toString('utf8') || 'null';
  const pool = functions.all.find((each) => each.name === nameInArn(decodeURIComponent(name)));
  if (pool === undefined) {
    response.writeHead(404, { 'content-type': 'application/json', 'x-amzn-errortype': 'ResourceNotFoundException' });
    response.end(JSON.stringify({ Type: 'User', message: `Function not found: ${name}` }));
    return;
  }
  if (request.headers['x-amz-invocation-type'] === 'Event') {
    void functions.invokeAsEvent(pool.name, payload);
    response.writeHead(202).end();
    return;
  }
  const outcome = await pool.invoke(payload);
  response.writeHead(200, { 'content-type': 'application/json', ...(outcome.failed ? { 'x-amz-function-error': 'Unhandled' } : {}) });
  response.end(outcome.payload);
}
