import { assumed, prices } from './prices.ts';
import type { Templates } from './templates.ts';
import type { Units, WriteBench } from './write-bench.ts';

export type Line = { readonly what: string; readonly count: number; readonly dollars: number };

/** How full batches are: with ten leads a day each message comes alone, with hundreds a second ten come together. */
type Traffic = { readonly records: number; readonly messages: number };
export const quiet: Traffic = { records: 1, messages: 1 };
export const busy: Traffic = { records: 25, messages: 10 };

type Invocation = { readonly name: string; readonly perLead: number; readonly calls: number };

const sum = (units: readonly Units[], of: keyof Units): number => units.reduce((total, one) => total + one[of], 0);

/** Which functions run for a lead, how often, and how many calls of AWS each makes after the other. */
const invocationsOf = ({ commitsPerLead, messages }: WriteBench, { records, messages: batch }: Traffic): readonly Invocation[] => [
  { name: 'leads-intake', perLead: 1, calls: 3 },
  { name: 'leads-relay', perLead: commitsPerLead / records, calls: 1 },
  ...[...messages].map(([name, perLead]) => ({ name, perLead: perLead / batch, calls: name.startsWith('leads-') ? 9 * batch : 3 })),
];

/** What a million new leads cost, line by line. Storage is not in it. */
export const perMillion = (bench: WriteBench, known: Templates, traffic: Traffic): readonly Line[] => {
  const consumers = [...(traffic.messages === 1 ? bench.consumersOneByOne : bench.consumers).values()];
  const all = [bench.intake, bench.reader, ...consumers];
  const writes = sum(all, 'writes') + sum(all, 'indexes');
  const reads = sum(all, 'reads');
  const invocations = invocationsOf(bench, traffic);
  const calls = invocations.reduce((total, one) => total + one.perLead, 0);
  const gigabyteSeconds = invocations.reduce(
    (total, { name, perLead, calls: many }) =>
      total + perLead * (known.memoryOf(name) / 1024) * (assumed.workSeconds + many * assumed.callSeconds),
    0,
  );
  const messages = [...bench.messages.values()].reduce((total, one) => total + one, 0);
  const queueRequests = messages + (2 * messages) / traffic.messages;
  const line = (what: string, count: number, price: number): Line => ({ what, count, dollars: count * price * 1e6 });
  return [
    line('DynamoDB write units', writes, prices.writeUnit),
    line('DynamoDB read units', reads, prices.readUnit),
    line('EventBridge events', bench.eventsPerLead, prices.event),
    line('SQS requests', queueRequests, prices.queueRequest),
    line('HTTP API requests', 1, prices.httpRequest),
    line('Lambda invocations', calls, prices.lambdaRequest),
    line('Lambda GB-seconds', gigabyteSeconds, prices.lambdaGigabyteSecond),
    line('CloudWatch logs, GB', (calls * assumed.logBytes) / 1e9, prices.logGigabyte),
    line('X-Ray traces', assumed.traced, prices.trace),
    line('Parameter Store decryptions', 1 / 1000, prices.keyRequest),
  ];
};

export const totalOf = (lines: readonly Line[]): number => lines.reduce((total, one) => total + one.dollars, 0);

/** A month of so many leads a day: leads, and what stands there anyway. */
export const monthOf = (leadsADay: number, dollarsPerMillion: number, known: Templates): number =>
  (leadsADay * 30.4 * dollarsPerMillion) / 1e6 + known.alarms * prices.alarmMonth;

export type Limit = { readonly what: string; readonly leadsPerSecond: number };

/** How many leads a second meet which limit; the lowest is met first. Quotas that AWS raises on request are named so. */
export const limitsOf = (bench: WriteBench, known: Templates): readonly Limit[] => {
  const concurrency = invocationsOf(bench, busy).reduce(
    (total, { perLead, calls }) => total + perLead * (assumed.workSeconds + calls * assumed.callSeconds),
    0,
  );
  return [
    ...bench.hotPartitions.map((spot) => ({
      what: `1,000 write units a second in the partition ${spot.where.replace(/#.*$/, '#…')}`,
      leadsPerSecond: 1000 / spot.unitsPerLead,
    })),
    { what: 'throttling of the HTTP API in prod (infra/stages.ts)', leadsPerSecond: known.requestsPerSecond },
    {
      what: '10 concurrent readers of submissions (event-subscription.ts)',
      leadsPerSecond: 10 / (9 * assumed.callSeconds + assumed.workSeconds),
    },
    { what: '1,000 concurrent executions of Lambda (quota, can be raised)', leadsPerSecond: 1000 / concurrency },
    { what: '10,000 events a second of EventBridge (quota, can be raised)', leadsPerSecond: 10_000 / bench.eventsPerLead },
  ].toSorted((a, b) => a.leadsPerSecond - b.leadsPerSecond);
};
