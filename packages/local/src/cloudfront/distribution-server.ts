import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ObjectStore } from '../bucket/object-store.ts';
import type { HttpApiServer } from '../http-api/http-api-server.ts';
import { createBucketOrigin, type OriginAnswer } from './bucket-origin.ts';
import type { Behaviour } from './read-distribution.ts';

type Options = {
  readonly behaviours: readonly Behaviour[];
  readonly api: HttpApiServer;
  readonly store: (bucket: string) => ObjectStore;
  /** Comes back when the files that a deployment lays down are there. @throws where it failed */
  readonly deployed: () => Promise<void>;
};

/** CloudFront before the buckets and the HTTP API: behaviours, their functions, and the headers of their policies. */
export function createDistributionServer({ behaviours, api, store, deployed }: Options): HttpApiServer {
  const fromBucket = createBucketOrigin();
  const state = { underWay: 0 };
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET', url = '/' } = request;
    const [path = '/'] = url.split('?');
    const behaviour = behaviours.find(({ matches }) => matches(path));
    if (behaviour === undefined) return send(request, response, plainly(404, 'Not Found'));
    const { origin, before, headers } = behaviour;
    const answer = (found: OriginAnswer): void => send(request, response, { ...found, headers: { ...found.headers, ...headers } });
    if (!behaviour.methods.includes(method)) return answer(plainly(403, `This distribution does not allow ${method} here.`));
    const outcome = await before?.({ method, uri: path, headers: textsOf(request.headers) });
    if (outcome !== undefined && 'status' in outcome) return answer({ ...outcome, body: Buffer.from(outcome.body) });
    if (origin === 'api') return api.handle(request, response);
    await deployed();
    answer(fromBucket(store(origin.bucket), outcome?.uri ?? path, request.headers, behaviour.compresses));
  };
  return {
    underWay: () => state.underWay + api.underWay(),
    handle: (request, response) => {
      state.underWay += 1;
      serve(request, response)
        .catch((error: unknown) => send(request, response, plainly(500, error instanceof Error ? error.message : String(error))))
        .finally(() => {
          state.underWay -= 1;
        });
    },
  };
}

const plainly = (status: number, text: string): OriginAnswer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: Buffer.from(`${text}\n`),
});

const textsOf = (headers: IncomingMessage['headers']): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])));

function send({ method }: IncomingMessage, response: ServerResponse, { status, headers, body }: OriginAnswer): void {
  response.writeHead(status, { ...headers, ...(status === 304 ? {} : { 'content-length': body.length }) });
  response.end(method === 'HEAD' ? undefined : body);
}
