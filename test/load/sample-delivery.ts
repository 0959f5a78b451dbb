import { createHmac } from 'node:crypto';
import { leadsInMemory } from '@meilenstein/leads/testing/leads-in-memory';
import type { Item } from '@meilenstein/runtime';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { seeded, type Random } from '@meilenstein/demo/company/random';

/** What a body consists of: a form of a provider with its own ids and a short question, or nothing but what a person wrote. */
export type Shape = 'form' | 'letter';

const syllables = 'an be che da en fi ge hin in ka lei mo nach or pre quo ro sch te um ver wo zu ber'.split(' ');

/** Text that packs about as well as people's own does. */
const textOf = (random: Random, length: number): string => {
  const words: string[] = [];
  for (let written = 0; written < length; written += (words.at(-1)?.length ?? 0) + 1)
    words.push(Array.from({ length: 1 + Math.floor(random() * 3) }, () => syllables[Math.floor(random() * syllables.length)]).join(''));
  return words.join(' ').slice(0, length);
};
const idOf = (random: Random): string => Array.from({ length: 4 }, () => Math.floor(random() * 2 ** 32).toString(36)).join('');

/** The body of submission `n`: `bytes` long, always the same for the same number, every one of another person. */
export const bodyOf = (
  n: number,
  { bytes, shape }: { readonly bytes: number; readonly shape: Shape },
): Readonly<Record<string, unknown>> => {
  const random = seeded(n + 1);
  const fields = {
    email: `person.${n}@firm-${n % 9973}.example`,
    name: `Person Number ${n}`,
    phone: `+49 30 ${1_000_000 + n}`,
    company: `Firm ${n % 9973} GmbH`,
    country: 'Germany',
    employees: String(10 + (n % 500)),
  };
  const left = bytes - JSON.stringify(fields).length - 30;
  if (shape === 'letter') return { ...fields, message: textOf(random, left) };
  const message = textOf(random, 300);
  const meta: string[] = [];
  for (let room = left - message.length; room > 0; room -= (meta.at(-1)?.length ?? 0) + 3)
    meta.push(`${textOf(random, 8)}-${idOf(random)}`);
  return { ...fields, message, meta };
};

export type SampleDelivery = {
  /** a delivery as the gateway hands it over, signed now; another one for each number */
  readonly event: (n?: number, now?: number) => APIGatewayProxyEventV2;
  /** the source as it lies in the table */
  readonly source: Item;
  readonly secret: string;
};

/** A registered source, and deliveries of Standard Webhooks to it, each with a body of so many bytes. */
export const sampleDelivery = async (bytes: number): Promise<SampleDelivery> => {
  const leads = leadsInMemory();
  const { id, secret } = await leads.register('standard-webhooks', { name: 'Bench', country: 'DE' });
  const source = await leads.table.get({ pk: `SOURCE#${id}`, sk: 'STATE' });
  if (source === undefined) throw new Error('the source of the bench is not where it was');
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const routeKey = 'POST /webhooks/{sourceId}';
  const rawPath = `/webhooks/${id}`;
  return {
    source,
    secret,
    event: (n = 1, now = Date.now()) => {
      const body = JSON.stringify(bodyOf(n, { bytes, shape: 'form' }));
      const timestamp = String(Math.floor(now / 1000));
      const signature = createHmac('sha256', key).update(`msg_${n}.${timestamp}.${body}`).digest('base64');
      const http = { method: 'POST', path: rawPath, protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: 'bench' };
      const requestContext = {
        accountId: '0',
        apiId: 'api',
        domainName: 'api.example',
        domainPrefix: 'api',
        requestId: 'r',
        routeKey,
        stage: '$default',
        time: '',
        timeEpoch: 0,
        http,
      };
      const headers = {
        'content-type': 'application/json',
        host: 'api.example',
        'webhook-id': `msg_${n}`,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signature}`,
      };
      return {
        version: '2.0',
        routeKey,
        rawPath,
        rawQueryString: '',
        headers,
        requestContext,
        pathParameters: { sourceId: id },
        body,
        isBase64Encoded: false,
      };
    },
  };
};
