import * as z from 'zod';
import { envelopeHead, serviceNames, type AnyEvent } from './define-event.ts';
import type { Subscription } from './define-subscription.ts';
import { receivedSchemaOf, withShared, type Json } from './json-schema.ts';

/** What the document is made of. */
export type EventContracts = {
  readonly events: readonly AnyEvent[];
  readonly subscriptions: readonly Subscription[];
  /** an example envelope of an event, as the bus carries it in `detail` */
  readonly sampleOf: (event: AnyEvent) => unknown;
};

/** The envelope of Amazon EventBridge, as a function finds it in the body of a queue's message. */
const busEnvelope = z.object({
  version: z.literal('0'),
  id: z.uuid().describe('EventBridge gives it. It differs when an event is delivered again: recognise an event by `detail.id`.'),
  'detail-type': z.string().describe("the event's name"),
  source: z.enum(serviceNames).describe('the service that emits the event'),
  account: z.string().regex(/^\d{12}$/),
  time: z.iso.datetime().describe('when the event was stored, in whole seconds'),
  region: z.string(),
  resources: z.array(z.string()),
  detail: z.unknown(),
});

const reference = (...path: readonly string[]): Json => ({ $ref: ['#', ...path].join('/') });

const keyOf = ({ name, version }: AnyEvent): string => `${name}.v${version}`;

const payloadOf = (event: AnyEvent): Json => ({
  allOf: [
    reference('components', 'schemas', 'BusEnvelope'),
    {
      type: 'object',
      properties: {
        'detail-type': { const: event.name },
        source: { const: event.owner },
        detail: {
          allOf: [
            reference('components', 'schemas', 'Envelope'),
            {
              type: 'object',
              required: ['data'],
              properties: { name: { const: event.name }, version: { const: event.version }, data: receivedSchemaOf(event.data) },
            },
          ],
        },
      },
    },
  ],
});

const storedAt = z.looseObject({ storedAt: z.iso.datetime() });

/** An example of a message. Id and account are invented; the time is that of the sample, without its milliseconds as on the bus. */
const exampleOf = (event: AnyEvent, sample: unknown): Json => ({
  payload: {
    version: '0',
    id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
    'detail-type': event.name,
    source: event.owner,
    account: '123456789012',
    time: storedAt.parse(sample).storedAt.replace(/\.\d+Z$/, 'Z'),
    region: 'eu-central-1',
    resources: [],
    detail: sample,
  },
});

const messageOf = (event: AnyEvent, payload: unknown, sample: unknown): Json => ({
  name: event.name,
  title: `${event.name}, version ${event.version}`,
  summary: event.meaning,
  contentType: 'application/json',
  correlationId: { location: '$message.payload#/detail/correlationId' },
  tags: [{ name: event.owner }],
  payload,
  examples: [exampleOf(event, sample)],
});

const channelMessages = (events: readonly AnyEvent[]): readonly Json[] =>
  events.map((event) => reference('channels', 'events', 'messages', keyOf(event)));

const sendOf = (event: AnyEvent): Json => ({
  action: 'send',
  channel: reference('channels', 'events'),
  title: `${event.owner} emits ${event.name}`,
  summary: event.meaning,
  tags: [{ name: event.owner }],
  messages: channelMessages([event]),
});

const receiveOf = ({ service, name, receives, impact }: Subscription): Json => ({
  action: 'receive',
  channel: reference('channels', 'events'),
  title: `${service}: ${name}`,
  summary: `While it fails: ${impact}`,
  tags: [{ name: service }],
  messages: channelMessages(receives),
});

/**
 * The AsyncAPI 3.0 document of all events: which service emits them, which functions receive them, and what a message holds. It is made
 * from the same values as the rules on the bus and the types of the handlers. Throws a ZodError where a sample has no `storedAt`.
 */
export const asyncApiOf = ({ events, subscriptions, sampleOf }: EventContracts): Json => {
  const shared = new Map<string, unknown>();
  const messages = Object.fromEntries(
    events.map((event) => [keyOf(event), messageOf(event, withShared(payloadOf(event), shared), sampleOf(event))]),
  );
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Meilenstein events',
      version: '1',
      description:
        'Every service emits its events to one bus of Amazon EventBridge. A rule with `source` and `detail-type` puts the events of a subscription into the queue of its function. Delivery is at least once and in any order: `detail.id` identifies an event, `detail.subject` and `detail.sequence` give its place in the history of its aggregate. Ignore fields that you do not know; a later producer may add optional ones. No event carries personal data.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/json',
    channels: {
      events: {
        address: 'meilenstein-{stage}',
        title: 'The event bus',
        parameters: { stage: { description: 'the stage that the system was deployed as', examples: ['dev', 'prod'] } },
        messages: Object.fromEntries(events.map((event) => [keyOf(event), reference('components', 'messages', keyOf(event))])),
      },
    },
    operations: {
      ...Object.fromEntries(events.map((event) => [`${event.owner}.emits.${keyOf(event)}`, sendOf(event)])),
      ...Object.fromEntries(subscriptions.map((one) => [`${one.service}.${one.name}`, receiveOf(one)])),
    },
    components: {
      messages,
      schemas: {
        BusEnvelope: receivedSchemaOf(busEnvelope),
        Envelope: receivedSchemaOf(envelopeHead),
        ...Object.fromEntries(shared),
      },
    },
  };
};
