import { createHmac } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import {
  leadsSubscriptions,
  processPublished,
  repJoined,
  repLeft,
  teamChanged,
  type companyEvents,
  type CompanyEnvelope,
  type Envelope,
  type FactOf,
  type ProviderName,
  type Role,
} from '@meilenstein/contracts';
import { addMillis, day, processId, repId, sourceId, teamId, toInstant, type Instant, type SourceId } from '@meilenstein/kernel';
import {
  deriveId,
  importJob,
  type HttpHandler,
  type Mail,
  type ExternalResponse,
  type ExternalRequest,
  type Table,
} from '@meilenstein/runtime';
import { memoryBucket } from '@meilenstein/runtime/testing/memory-bucket';
import { memoryTable, type MemoryTable } from '@meilenstein/runtime/testing/memory-table';
import { memoryParameters } from '@meilenstein/runtime/adapters/parameters';
import { commit, eventsOf } from '@meilenstein/runtime/aggregate/commit';
import { receiversOf } from '@meilenstein/runtime/testing/in-memory';
import type { APIGatewayProxyEventV2, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { standardSignature } from '../capture/providers/standard-webhooks.ts';
import { leadsStores } from '../stores.ts';
import { applyRetention } from '../erasure/events/apply-retention.ts';
import { consentsApi } from '../consent/http/consents-api.ts';
import { importLeads } from '../imports/events/import-leads.ts';
import { intake } from '../capture/http/intake.ts';
import { leadsApi } from '../lead/http/leads-api.ts';
import { learnFromOutcomes } from '../scoring/events/learn-from-outcomes.ts';
import { onCompanyChanged } from '../lead/events/on-company-changed.ts';
import { onConsentRequested } from '../consent/events/on-consent-requested.ts';
import { onFollowUpStepTaken } from '../follow-up/events/on-follow-up-step-taken.ts';
import { onLeadEscalated } from '../service-levels/events/on-lead-escalated.ts';
import { startServiceLevels } from '../service-levels/events/start-service-level.ts';
import { onLeadErased } from '../erasure/events/on-lead-erased.ts';
import { onLeadTouched } from '../qualification/events/on-lead-touched.ts';
import { reviewAssignments } from '../assignment/events/review-assignment.ts';
import { onOpportunityEnded } from '../scoring/events/on-opportunity-ended.ts';
import { onSellerChanged } from '../assignment/events/on-seller-changed.ts';
import { onProcessPublished } from '../lead/events/on-process-published.ts';
import { onSubmissionReferred } from '../capture/events/on-submission-referred.ts';
import { onSubmissionStored } from '../capture/events/on-submission-stored.ts';
import { watchSellers } from '../assignment/events/watch-sellers.ts';
import { startFollowUps } from '../follow-up/events/start-follow-up.ts';
import { sweepDue } from '../service-levels/events/sweep-due.ts';

export type Call = {
  readonly role?: Role | '';
  readonly subject?: string;
  readonly sources?: string;
  readonly path?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly body?: unknown;
  readonly bytes?: Uint8Array;
  readonly headers?: Record<string, string>;
  /** as the gateway gives it; absent: a new one is made */
  readonly requestId?: string;
};
type TestResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly json: unknown;
};

const eventOf = (routeKey: string, call: Call): APIGatewayProxyEventV2 => {
  const { role = 'admin', subject = 'somebody', sources = '', path = {}, query = {}, body, bytes, headers = {}, requestId = '' } = call;
  const claims = { sub: subject, groups: `[${role}]`, sources: `[${sources}]` };
  const requestContext = {
    accountId: '',
    apiId: '',
    domainName: '',
    domainPrefix: '',
    requestId,
    routeKey,
    stage: '',
    time: '',
    timeEpoch: 0,
    http: { method: routeKey.split(' ')[0] ?? '', path: '', protocol: '', sourceIp: '', userAgent: '' },
    authorizer: { jwt: { claims, scopes: [] }, principalId: '', integrationLatency: 0 },
  };
  const text = bytes === undefined ? JSON.stringify(body ?? {}) : Buffer.from(bytes).toString('base64');
  return {
    version: '2.0',
    routeKey,
    rawPath: '',
    rawQueryString: '',
    headers,
    requestContext,
    pathParameters: path,
    queryStringParameters: query,
    body: text,
    isBase64Encoded: bytes !== undefined,
  };
};

const callOf =
  (handle: HttpHandler) =>
  async (routeKey: string, call: Call = {}): Promise<TestResponse> => {
    const { statusCode = 0, headers = {}, body = '' } = await handle(eventOf(routeKey, call));
    const isJson = String(headers['content-type'] ?? '').includes('json');
    return { status: statusCode, headers, text: body, json: body === '' || !isJson ? undefined : JSON.parse(body) };
  };

export const recordOf = (detail: unknown, messageId: string): SQSRecord => ({
  messageId,
  receiptHandle: '',
  body: JSON.stringify({ detail }),
  attributes: { ApproximateReceiveCount: '1', SentTimestamp: '', SenderId: '', ApproximateFirstReceiveTimestamp: '' },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: '',
  eventSourceARN: '',
  awsRegion: '',
});

const counted = z.object({ pk: z.literal('TURNS'), repId: z.string(), entries: z.record(z.string(), z.object({ count: z.int() })) });
const created = z.object({ source: z.object({ sourceId }), secret: z.object({ secret: z.string(), number: z.int() }).nullable() });

/** What a test may put between the service and its machines. */
export type Surroundings = {
  readonly around?: (table: MemoryTable) => Table;
  readonly delay?: (millis: number) => Promise<void>;
  readonly random?: () => number;
  readonly tries?: number;
};

/** The whole service in one process, on a table in memory, with a clock that stands still until it is moved: for tests. */
export const leadsInMemory = (start = '2026-03-02T09:00:00.000Z', surroundings: Surroundings = {}) => {
  const { around = (memory) => memory, tries = 3 } = surroundings;
  let now = toInstant(start);
  let made = 0;
  const clock = { now: () => now };
  const table = memoryTable(clock);
  const bucket = memoryBucket(clock);
  const parameters = memoryParameters();
  const asked: { readonly url: string; readonly request: ExternalRequest }[] = [];
  let answerOutside = async (_url: string, _request: ExternalRequest): Promise<ExternalResponse> => {
    throw new Error('nobody is outside');
  };
  const sent: { queue: string; body: string; reason?: string | undefined }[] = [];
  const machinery = {
    table: around(table),
    clock,
    ids: { next: () => deriveId('test', String((made += 1))) },
    delay: surroundings.delay ?? (() => new Promise<void>((resolve) => void setImmediate(resolve))),
    random: surroundings.random ?? (() => 0.5),
    claimNames: { roles: 'groups', sources: 'sources' },
    outside: async (url: string, request: ExternalRequest) => {
      asked.push({ url, request });
      return answerOutside(url, request);
    },
  };
  const stores = leadsStores(machinery, parameters, { secretsPrefix: () => '/test/sources', personKey: () => '/test/person-key' });
  const deps = { ...machinery, stores, bucket, imports: importJob({ ...machinery, bucket }), importQueueUrl: 'imports' };
  const queues = {
    send: async (queue: string, body: string, reason?: string) => void sent.push({ queue, body, reason }),
    sendLater: async (queue: string, body: string) => void sent.push({ queue, body }),
    sendMany: async (queue: string, bodies: readonly string[]) => void sent.push(...bodies.map((body) => ({ queue, body }))),
  };
  const consumer = { queues, queueUrl: 'own', deadLetterQueueUrl: 'dead', tries };
  const stored = onSubmissionStored(deps, consumer);
  const company = onCompanyChanged(deps, consumer);
  const uploaded = importLeads(deps, consumer);
  const call = callOf(leadsApi(deps));
  const post = callOf(intake(deps));
  const follow = callOf(consentsApi(deps));
  const events = () => table.commits().flatMap((item) => eventsOf(commit.parse(item)).map(({ envelope }) => envelope));
  let delivered = 0;
  const mails: Mail[] = [];
  const mailbox = { send: async (mail: Mail) => void mails.push(mail) };
  const ended = onOpportunityEnded(deps, consumer);
  const mailDeps = { ...deps, mailbox, apiUrl: 'https://api.example' };
  const receivers = receiversOf(leadsSubscriptions, {
    'on-company-changed': company,
    'on-process-published': onProcessPublished(deps, consumer),
    'on-submission-referred': onSubmissionReferred(deps, consumer),
    'on-submission-stored': stored,
    'on-lead-touched': onLeadTouched(deps, consumer),
    'on-opportunity-ended': ended,
    'on-seller-changed': onSellerChanged(deps, consumer),
    'review-assignment': reviewAssignments(deps, consumer),
    'start-service-level': startServiceLevels(deps, consumer),
    'on-lead-escalated': onLeadEscalated(deps, consumer),
    'start-follow-up': startFollowUps(deps, consumer),
    'on-follow-up-step-taken': onFollowUpStepTaken(mailDeps, consumer),
    'on-consent-requested': onConsentRequested(mailDeps, consumer),
    'on-lead-erased': onLeadErased(deps, consumer),
  });

  const tell = async (...changes: readonly CompanyEnvelope[]): Promise<void> => {
    await company({ Records: changes.map((change, index) => recordOf(change, String(index))) });
  };
  const envelope = (subject: string, sequence: number) => ({
    id: deriveId('told', subject, String(sequence)),
    subject,
    sequence,
    occurredAt: now,
    recordedAt: now,
    storedAt: now,
    origin: 'live' as const,
    correlationId: 'told',
    causedBy: null,
  });

  return {
    ...deps,
    table,
    call,
    post,
    follow,
    events,
    sent,
    mails,
    asked,
    /** who answers outside from now on */
    meet: (answer: typeof answerOutside): void => void (answerOutside = answer),
    move: (millis: number): Instant => (now = addMillis(now, millis)),
    /**
     * gives the service's own events that it reacts to and did not get yet to their reactions, all of a round at the same time, until
     * nothing new was said; what fails is given again, as a queue does
     */
    settle: async (times = 1): Promise<void> => {
      for (let round = 0; round < 50; round += 1) {
        const heard = events().slice(delivered);
        delivered = events().length;
        let records = heard.flatMap((event) =>
          receivers(event.name).flatMap((react) => Array.from({ length: times }, () => ({ react, record: recordOf(event, event.id) }))),
        );
        for (let tries = 0; records.length > 0; tries += 1) {
          if (tries === 5) throw new Error(`${records.length} messages failed five times`);
          const answers = await Promise.all(records.map(({ react, record }) => react({ Records: [record] })));
          records = records.filter((_, index) => (answers[index]?.batchItemFailures.length ?? 0) > 0);
        }
        if (events().length === delivered) return;
      }
    },
    /** the function behind the queue of stored submissions */
    read: stored,
    /** the function behind the queue of erasures */
    forget: onLeadErased(deps, consumer),
    hear: (detail: unknown) => stored({ Records: [recordOf(detail, 'heard')] }),
    /** the nightly run of retention */
    retain: (at: Instant) => applyRetention(deps)({ scheduledTime: at }),
    /** the minute's sweep; without a time: now */
    sweep: (at: Instant = now) => sweepDue(deps)({ scheduledTime: at }),
    /** the nightly learning from leads that ended */
    learn: (at: Instant = now) => learnFromOutcomes(deps)({ scheduledTime: at }),
    /** how an opportunity ended, as pipeline says it */
    hearEnd: (detail: unknown) => ended({ Records: [recordOf(detail, 'heard')] }),
    /** every raw body that is kept, unpacked */
    bodies: (): string =>
      table
        .dump()
        .flatMap((item) => (item['body'] instanceof Uint8Array ? [gunzipSync(item['body']).toString('utf8')] : []))
        .join('\n'),
    /** gives an event to its consumers again */
    again: async (event: Envelope | undefined): Promise<void> => {
      const answers = await Promise.all(receivers(event?.name ?? '').map((react) => react({ Records: [recordOf(event, 'again')] })));
      if (answers.some(({ batchItemFailures }) => batchItemFailures.length > 0))
        throw new Error(`${event?.name} failed when it was given again`);
    },
    hearCompany: (detail: unknown) => company({ Records: [recordOf(detail, 'heard')] }),
    uploaded: (key: string) => uploaded({ Records: [recordOf({ object: { key } }, 'uploaded')] }),
    upload: async (importId: string, content: Uint8Array | readonly unknown[], format = 'ndjson'): Promise<void> => {
      const key = `imports/${importId}.${format}`;
      const lines = content instanceof Uint8Array ? [] : content.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
      bucket.put(key, content instanceof Uint8Array ? content : Buffer.from(lines.join('\n')));
      await uploaded({ Records: [recordOf({ object: { key } }, importId)] });
    },
    /** how many leads each rep had in a rotation, by rep */
    rotationCounts: (rotation = 'everybody'): Readonly<Record<string, number>> =>
      Object.fromEntries(
        table.dump().flatMap((item) => {
          const found = counted.safeParse(item).data;
          const entry = found?.entries[rotation];
          return found === undefined || entry === undefined ? [] : [[found.repId, entry.count] as const];
        }),
      ),
    /** the five-minute check for absent reps and reps who left */
    watch: (at: Instant = now) => watchSellers(deps)({ scheduledTime: at }),
    /** reps with the codes as ids, in one team `north` that `boss` leads */
    hire: async (...reps: readonly string[]): Promise<void> => {
      const team = { teamId: teamId.parse('north'), name: 'North', parentTeamId: null, managers: [repId.parse('boss')] };
      const from = day.parse('2020-01-01');
      const join = (id: string, role: 'rep' | 'manager'): CompanyEnvelope => ({
        ...envelope(id, 1),
        ...repJoined.of({
          repId: repId.parse(id),
          repCode: id,
          role,
          teamId: team.teamId,
          loginSubject: `login-${id}`,
          effectiveFrom: from,
        }),
        occurredAt: now,
        recordedAt: now,
      });
      const changed = teamChanged.of({ ...team, effectiveFrom: from });
      await tell(
        { ...envelope('north', 1), ...changed, occurredAt: now, recordedAt: now },
        join('boss', 'manager'),
        ...reps.map((id) => join(id, 'rep')),
      );
    },
    /** pipeline says that a sales process was published */
    publish: async (id: string): Promise<void> => {
      const name = { de: 'Bestellt', en: 'Ordered' };
      const said = processPublished.of({
        processId: processId.parse(id),
        version: 1,
        name,
        milestones: [{ id: 'ordered', name, provenBy: ['wrote'] }],
      });
      await onProcessPublished(
        deps,
        consumer,
      )({ Records: [recordOf({ ...envelope(id, 1), ...said, occurredAt: now, recordedAt: now }, id)] });
    },
    /** an event of the company about a subject, as quota says it */
    told: async (subject: string, fact: FactOf<(typeof companyEvents)[number]>, sequence = 1): Promise<void> => {
      await company({ Records: [recordOf({ ...envelope(subject, sequence), ...fact }, subject)] });
    },
    dismiss: async (id: string, on: string): Promise<void> => {
      const left = repLeft.of({ repId: repId.parse(id), effectiveFrom: day.parse(on) });
      await tell({ ...envelope(id, 2), ...left, occurredAt: now, recordedAt: now });
    },
    register: async (provider: ProviderName, about: Record<string, unknown> = {}): Promise<{ id: SourceId; secret: string }> => {
      const answer = await call('POST /sources', { body: { name: `Form ${made}`, provider, ...about } });
      const { source, secret } = created.parse(answer.json);
      return { id: source.sourceId, secret: secret?.secret ?? '' };
    },
    /** a delivery of Standard Webhooks, signed now */
    deliver: (to: { readonly id: SourceId; readonly secret: string }, id: string, body: unknown) => {
      const bytes = typeof body === 'string' ? Buffer.from(body) : body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body));
      const timestamp = String(Math.floor(Date.parse(now) / 1000));
      const headers = {
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': standardSignature(to.secret, { id, timestamp }, bytes),
      };
      return post('POST /webhooks/{sourceId}', { path: { sourceId: to.id }, bytes, headers });
    },
    /** a delivery as Meta signs it */
    deliverSigned: (to: SourceId, body: unknown, secret: string) => {
      const bytes = Buffer.from(JSON.stringify(body));
      const signature = `sha256=${createHmac('sha256', secret).update(bytes).digest('hex')}`;
      const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signature };
      return post('POST /webhooks/{sourceId}', { path: { sourceId: to }, bytes, headers });
    },
    /** a form, posted by a browser */
    submit: (to: SourceId, fields: Record<string, string>) =>
      post('POST /webhooks/{sourceId}', {
        path: { sourceId: to },
        bytes: Buffer.from(new URLSearchParams(fields).toString()),
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      }),
  };
};
export type LeadsInMemory = ReturnType<typeof leadsInMemory>;
