import { createHmac } from 'node:crypto';
import { leadsOnMemory } from '@meilenstein/leads/handlers/leads-on-memory';
import type { Item } from '@meilenstein/runtime';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

const words = 'we would like to know what your machine costs and how soon it could stand in our plant near the river'.split(' ');

/** Fields as people fill them in; the message is as long as it takes to make a body of so many bytes. */
export const fieldsOf = (n: number, bytes: number): Readonly<Record<string, string>> => {
  const fields = {
    email: `person.${n}@firm-${n % 9973}.example`,
    name: `Person Number ${n}`,
    phone: `+49 30 ${1_000_000 + n}`,
    company: `Firm ${n % 9973} GmbH`,
    country: 'Germany',
    employees: String(10 + (n % 500)),
  };
  const message: string[] = [];
  let length = JSON.stringify({ ...fields, message: '' }).length;
  for (let word = n; length < bytes; word += 1 + (word % 7)) {
    const next = `${words[word % words.length]}${word % 11 === 0 ? ` ${word}` : ''}`;
    message.push(next);
    length += next.length + 1;
  }
  return { ...fields, message: message.join(' ') };
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
  const leads = leadsOnMemory();
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
      const body = JSON.stringify(fieldsOf(n, bytes));
      const timestamp = String(Math.floor(now / 1000));
      const signature = createHmac('sha256', key).update(`msg_${n}.${timestamp}.${body}`).digest('base64');
      const http = { method: 'POST', path: rawPath, protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: 'bench' };
      const requestContext = {
        accountId: '0', apiId: 'api', domainName: 'api.example', domainPrefix: 'api', requestId: 'r', routeKey, stage: '$default', time: '', timeEpoch: 0, http,
      }; // prettier-ignore
      const headers = {
        'content-type': 'application/json', host: 'api.example', 'webhook-id': `msg_${n}`, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}`,
      }; // prettier-ignore
      return { version: '2.0', routeKey, rawPath, rawQueryString: '', headers, requestContext, pathParameters: { sourceId: id }, body, isBase64Encoded: false }; // prettier-ignore
    },
  };
};
