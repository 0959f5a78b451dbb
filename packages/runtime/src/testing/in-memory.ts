import { gunzipSync } from 'node:zlib';
import type { AnyEvent, Envelope, Role, Subscription } from '@meilenstein/contracts';
import { addMillis, toInstant, type Instant } from '@meilenstein/kernel';
import type { APIGatewayProxyEventV2, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Machinery } from '../aggregate/fold-decision.ts';
import type { EventConsumerDeps } from '../events/event-consumer.ts';
import type { HttpDeps, HttpHandler } from '../http/http-handler.ts';
import { deriveId } from '../identity.ts';
import { memoryTable, type MemoryTable } from './memory-table.ts';
import { commit, eventsOf } from '../aggregate/commit.ts';

export type Call = {
  readonly role?: Role;
  readonly subject?: string;
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** as the gateway gives it; absent: a new one is made */
  readonly requestId?: string;
};

export type TestResponse = {
  readonly status: number;
  readonly code: string | undefined;
  readonly etag: string;
  readonly json: unknown;
  /** without the id of the request, which is another one each time */
  readonly headers: Readonly<Record<string, string>>;
  /** the body as it left, which may be compressed */
  readonly sent: string;
};

const gatewayEvent = (
  routeKey: string,
  { role = 'admin', subject = 'somebody', path = {}, query = {}, body, headers = {}, requestId = '' }: Call,
): APIGatewayProxyEventV2 => {
  const authorizer = {
    jwt: { claims: { sub: subject, groups: `[${role}]`, sources: '[]' }, scopes: [] },
    principalId: '',
    integrationLatency: 0,
  };
  const http = { method: routeKey.split(' ')[0] ?? '', path: '', protocol: '', sourceIp: '', userAgent: '' };
  const requestContext = {
    accountId: '',
    apiId: '',
    domainName: '',
    domainPrefix: '',
    http,
    requestId,
    routeKey,
    stage: '',
    time: '',
    timeEpoch: 0,
    authorizer,
  };
  return {
    version: '2.0',
    routeKey,
    rawPath: '',
    rawQueryString: '',
    headers,
    requestContext,
    pathParameters: path,
    queryStringParameters: query,
    body: JSON.stringify(body ?? {}),
    isBase64Encoded: false,
  };
};

const codeOf = (json: unknown): string | undefined =>
  typeof json === 'object' && json !== null && 'type' in json && typeof json.type === 'string'
    ? json.type.replace('urn:meilenstein:problem:', '')
    : undefined;

/** For tests: calls an HTTP handler as the gateway would, with a caller of a role. */
export const callOf =
  (handle: HttpHandler) =>
  async (routeKey: string, call: Call = {}): Promise<TestResponse> => {
    const {
      statusCode = 0,
      headers: { 'x-request-id': _, ...headers } = {},
      body = '',
      isBase64Encoded = false,
    } = await handle(gatewayEvent(routeKey, call));
    const text = isBase64Encoded ? gunzipSync(Buffer.from(body, 'base64')).toString('utf8') : body;
    const isJson = String(headers['content-type'] ?? 'json').includes('json');
    const json: unknown = text === '' || !isJson ? undefined : JSON.parse(text);
    const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    return { status: statusCode, code: codeOf(json), etag: sent['etag'] ?? '', json, headers: sent, sent: body };
  };

/** For tests: messages of a queue, as the bus filled it. */
export const batchOf = (...details: readonly unknown[]): SQSEvent => ({
  Records: details.map((detail, index) => ({
    messageId: String(index),
    receiptHandle: '',
    body: JSON.stringify({ detail }),
    attributes: { ApproximateReceiveCount: '1', SentTimestamp: '', SenderId: '', ApproximateFirstReceiveTimestamp: '' },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: '',
    eventSourceARN: '',
    awsRegion: '',
  })),
});

type Consumer = (batch: SQSEvent) => Promise<SQSBatchResponse>;

/** For tests: which of a service's consumers receive an event of a name, as the subscriptions say. */
export const receiversOf = <Name extends string>(
  subscriptions: readonly Subscription<AnyEvent, Name>[],
  consumers: Readonly<Record<Name, Consumer>>,
): ((eventName: string) => readonly Consumer[]) => {
  const receivesIt = (eventName: string) => subscriptions.filter(({ receives }) => receives.some((event) => event.name === eventName));
  return (eventName) => receivesIt(eventName).map(({ name }) => consumers[name]);
};

export type InMemory = Machinery &
  HttpDeps & {
    readonly table: MemoryTable;
    readonly consumer: EventConsumerDeps;
    /** messages that were sent, with the reason where they went to the dead-letter queue */
    readonly sent: readonly { readonly queue: string; readonly body: string; readonly reason: string | undefined }[];
    /** every event that was committed, in order */
    readonly events: () => readonly Envelope[];
    readonly move: (millis: number) => Instant;
  };

/** For tests: the dependencies of a service, in memory, with a clock that moves only when it is told to. */
export const inMemory = (start: string): InMemory => {
  let now = toInstant(start);
  let made = 0;
  const clock = { now: () => now };
  const table = memoryTable(clock);
  const sent: { queue: string; body: string; reason: string | undefined }[] = [];
  const queues = {
    send: async (queue: string, body: string, reason?: string) => void sent.push({ queue, body, reason }),
    sendLater: async (queue: string, body: string) => void sent.push({ queue, body, reason: undefined }),
    sendMany: async (queue: string, bodies: readonly string[]) =>
      void sent.push(...bodies.map((body) => ({ queue, body, reason: undefined }))),
  };
  return {
    table,
    clock,
    ids: { next: () => deriveId('in-memory', String((made += 1))) },
    delay: async () => {},
    random: () => 0.5,
    claimNames: { roles: 'groups', sources: 'sources' },
    consumer: { queues, queueUrl: 'own', deadLetterQueueUrl: 'dead', tries: 3 },
    sent,
    events: () => table.commits().flatMap((item) => eventsOf(commit.parse(item)).map(({ envelope }) => envelope)),
    move: (millis) => (now = addMillis(now, millis)),
  };
};
