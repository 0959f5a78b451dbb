import { appendFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AcceptedInvocation } from '../functions/function-pool.ts';
import type { Outcome } from '../functions/outcome.ts';
import { type Timekeeper, machineTime, watchLimit } from '../functions/time-limit.ts';
import type { LocalIssuer } from '../issuer/local-issuer.ts';
import type { HttpApi, HttpRoute } from './read-http-api.ts';
import { corsHeaders } from './cors.ts';
import { type ApiResponse, toAnswer, toPayload } from './payload.ts';
import { createThrottle, type Throttle } from './throttle.ts';

type Options = {
  readonly api: HttpApi;
  /** Runs the function of that ARN. */
  readonly invoke: (functionArn: string, payload: string) => AcceptedInvocation;
  readonly issuer: Pick<LocalIssuer, 'verify'>;
  readonly accessLog: string;
  readonly time?: Timekeeper;
};

const maxBodyBytes = 10 * 1024 * 1024;
/** What is answered, and for the access log why it is not what the function said. */
type Answer = ApiResponse & { readonly error?: string };
/** Answers of the gateway itself, in its own form. */
const gatewayAnswer = (status: number, message: string): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify({ message })),
});

export type HttpApiServer = {
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
  readonly underWay: () => number;
};

/** The HTTP API's front: finds the route, checks the token, counts, and hands the request to the route's function. */
export function createHttpApiServer(options: Options): HttpApiServer {
  let underWay = 0;
  const throttles = new Map<string, Throttle>();
  return {
    underWay: () => underWay,
    handle: (request, response) => {
      underWay += 1;
      const startedAt = Date.now();
      void handle(request, options, throttles)
        .catch(() => gatewayAnswer(500, 'Internal Server Error'))
        .then((answer) => {
          const sent = send(request, response, options.api, answer);
          logAccess(options, request, sent, startedAt);
        })
        .catch(() => response.destroy())
        .finally(() => {
          underWay -= 1;
        });
    },
  };
}

/** The path without its query and without a token in it: either lets its reader act for somebody else. */
function pathForLog(api: HttpApi, { method = 'GET', url = '/' }: IncomingMessage): string {
  const [path = '/'] = url.split('?');
  const token = findRoute(api, method, path)?.pathParameters['token'];
  return token === undefined ? path : path.replace(token, '{token}');
}

function logAccess({ accessLog: file, api }: Options, request: IncomingMessage, { status, error }: Answer, startedAt: number): void {
  const time = new Date(startedAt).toISOString();
  const line = { time, method: request.method, path: pathForLog(api, request), status, millis: Date.now() - startedAt, error };
  appendFileSync(file, `${JSON.stringify(line)}\n`);
}

async function handle(
  request: IncomingMessage,
  { api, invoke, issuer, time = machineTime }: Options,
  throttles: Map<string, Throttle>,
): Promise<Answer> {
  const [path = '/', rawQuery = ''] = (request.url ?? '/').split(/\?(.*)/s);
  if (request.method === 'OPTIONS' && api.cors !== undefined && request.headers.origin !== undefined)
    return { status: 204, headers: {}, body: Buffer.alloc(0) };
  const found = findRoute(api, request.method ?? 'GET', path);
  if (found === undefined) return gatewayAnswer(404, 'Not Found');
  const { route, pathParameters } = found;
  if (!throttleOf(api, route.pattern.routeKey, throttles).admits(Date.now())) return gatewayAnswer(429, 'Too Many Requests');
  const claims = route.authorizer === undefined ? undefined : await issuer.verify(bearerToken(request), route.authorizer.audience);
  if (route.authorizer !== undefined && claims === undefined) return gatewayAnswer(401, 'Unauthorized');
  if (!hasScope(route.scopes, claims)) return gatewayAnswer(403, 'Forbidden');
  const body = await readUpTo(request, maxBodyBytes);
  if (body === undefined) return gatewayAnswer(413, 'Request Entity Too Large');
  const payload = toPayload(request, { routeKey: route.pattern.routeKey, path, rawQuery, pathParameters, body, claims, apiId: api.id });
  const answer = await withinLimit(invoke(route.functionArn, JSON.stringify(payload)), route.timeoutMillis, time);
  if ('late' in answer)
    return { ...gatewayAnswer(503, 'Service Unavailable'), error: `the integration gave no answer within ${answer.late}` };
  return (
    (answer.failed ? undefined : toAnswer(answer.payload)) ?? {
      ...gatewayAnswer(500, 'Internal Server Error'),
      error: 'the function failed, or answered what the gateway does not understand',
    }
  );
}

/** The outcome, or the limit that was reached before; the function goes on, as in an account. */
function withinLimit(
  { outcome, usedMillis }: AcceptedInvocation,
  limitMillis: number,
  time: Timekeeper,
): Promise<Outcome | { readonly late: string }> {
  return new Promise((resolve, reject) => {
    const endWatch = watchLimit({ limitMillis, usedMillis, onReached: ({ text }) => resolve({ late: text }) }, time);
    outcome.then(resolve, reject).finally(endWatch);
  });
}

function findRoute(
  api: HttpApi,
  method: string,
  path: string,
): { route: HttpRoute; pathParameters: Readonly<Record<string, string>> } | undefined {
  for (const route of api.routes) {
    const pathParameters = route.pattern.match(method, path);
    if (pathParameters !== undefined) return { route, pathParameters };
  }
  return undefined;
}

function throttleOf(api: HttpApi, routeKey: string, throttles: Map<string, Throttle>): Throttle {
  const throttle = throttles.get(routeKey) ?? createThrottle(api.routeThrottling[routeKey] ?? api.throttling);
  throttles.set(routeKey, throttle);
  return throttle;
}

const bearerToken = (request: IncomingMessage): string => (request.headers.authorization ?? '').replace(/^Bearer /i, '');

function hasScope(scopes: readonly string[], claims: Readonly<Record<string, unknown>> | undefined): boolean {
  const held = String(claims?.['scope'] ?? claims?.['scp'] ?? '').split(' ');
  return scopes.length === 0 || scopes.some((scope) => held.includes(scope));
}

/** The body, or undefined as soon as it is longer than allowed; the rest is read and forgotten so that the answer arrives. */
async function readUpTo(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    length += part.length;
    if (length <= maxBytes) parts.push(part);
  }
  return length > maxBytes ? undefined : Buffer.concat(parts);
}

/** Sends an answer; one whose headers cannot be sent becomes 500, as at the gateway. @returns what was sent */
function send(request: IncomingMessage, response: ServerResponse, api: HttpApi, answer: Answer): Answer {
  try {
    write(request, response, api, answer);
    return answer;
  } catch (error) {
    if (response.headersSent) throw error;
    const instead = { ...gatewayAnswer(500, 'Internal Server Error'), error: `the function's headers cannot be sent: ${String(error)}` };
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    write(request, response, api, instead);
    return instead;
  }
}

function write(request: IncomingMessage, response: ServerResponse, api: HttpApi, { status, headers, body }: ApiResponse): void {
  const isPreflight = request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
  response.writeHead(status, { ...headers, ...corsHeaders(api.cors, request.headers.origin, isPreflight), 'content-length': body.length });
  response.end(request.method === 'HEAD' ? undefined : body);
}
