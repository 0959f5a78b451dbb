import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { readAssembly } from './assembly/read-assembly.ts';
import { resolveStacks } from './assembly/resolve-stacks.ts';
import { readSystem, refuseUnsupported, type System } from './assembly/system.ts';
import { createBuckets } from './bucket/bucket-server.ts';
import { archivesIn } from './bus/archive.ts';
import { createEventBus } from './bus/event-bus.ts';
import { eventOperations } from './bus/put-events.ts';
import { type Cloud, toCloud } from './cloud.ts';
import { createDistributionServer } from './cloudfront/distribution-server.ts';
import { readDistribution } from './cloudfront/read-distribution.ts';
import { createCustomResources, customResourcesPath } from './custom-resources/custom-resources.ts';
import { createTables } from './dynamodb/create-tables.ts';
import { type DatabaseKind, startDatabase } from './dynamodb/start-database.ts';
import { type Servers, type Cleanups, openServers } from './servers.ts';
import { startEventSources } from './event-sources.ts';
import { readHttpApi } from './http-api/read-http-api.ts';
import { createHttpApiServer, type HttpApiServer } from './http-api/http-api-server.ts';
import { type Functions, type RunFunctionsIn, startFunctions } from './functions/functions.ts';
import { runtimePath } from './functions/process-runtime.ts';
import { createLocalIssuer, issuerPath } from './issuer/local-issuer.ts';
import { signInClients } from './issuer/sign-in-clients.ts';
import { parameterOperations } from './parameters/parameter-operations.ts';
import { openParameters, type ParameterStore } from './parameters/parameter-store.ts';
import { credentials, region } from './account-and-region.ts';
import { queueOperations } from './queues/queue-operations.ts';
import { createQueues } from './queues/queues.ts';
import { type Busy, type Movement, untilQuiet } from './quiet.ts';
import { startSchedules } from './schedule/schedules.ts';

export type BootOptions = {
  /** Folder of the synthesized cloud assembly (`cdk.out`). */
  readonly assembly: string;
  /** Where tables, queues, buckets, parameters and logs are kept from one start to the next. */
  readonly dataFolder: string;
  /** Tables, queues and parameters are forgotten at the end; buckets and logs stay. */
  readonly inMemory?: boolean;
  /** Which DynamoDB keeps the tables, where `AWS_ENDPOINT_URL_DYNAMODB` names none; the embedded one by default. */
  readonly database?: DatabaseKind;
  /** Port of the HTTP API; any free one where it is not given. */
  readonly apiPort?: number;
  /** Functions run in threads of this process, which is quick and small; or as deployed, in processes that speak Lambda's Runtime API. */
  readonly functions?: RunFunctionsIn;
  readonly log?: (line: string) => void;
};

/**
 * Boots a synthesized cloud assembly on this machine.
 * @throws `<stack>/<logicalId>: <what is not supported>` before anything is started, or what is missing on the machine
 */
export async function bootCloud(options: BootOptions): Promise<Cloud> {
  const ends: Cleanups = [];
  const stop = async (): Promise<void> => {
    for (const end of ends.splice(0).toReversed()) await end();
  };
  try {
    return await boot(options, ends, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function boot(
  {
    assembly,
    dataFolder: given,
    inMemory = false,
    database: kind,
    apiPort = 0,
    functions: runIn = 'threads',
    log = () => undefined,
  }: BootOptions,
  ends: Cleanups,
  stop: () => Promise<void>,
): Promise<Cloud> {
  const dataFolder = resolve(given);
  const kept = (path: string): string | undefined => (inMemory ? undefined : join(dataFolder, path));
  const logsFolder = join(dataFolder, 'logs');
  mkdirSync(logsFolder, { recursive: true });
  const parameters = openParameters(kept('parameters.json'));
  const servers = await openServers(apiPort, ends);
  const system = readTemplates(assembly, servers, parameters);

  const dynamodb = await startDatabase({ kind, dataFolder: join(dataFolder, 'dynamodb'), inMemory });
  ends.push(dynamodb.stop);
  const streams = await tablesOf(system, dynamodb.endpoint);
  log(`${system.tables.length} tables at ${dynamodb.endpoint}`);

  const queues = createQueues(system.queues, kept('queues'));
  const bus = createEventBus(system, { send: queues.deliver, log, keep: archivesIn(join(dataFolder, 'archives')) });
  const buckets = createBuckets(system.buckets, join(dataFolder, 'buckets'), (event) => bus.put('default', event));
  servers.buckets = buckets;
  const endpoints = endpointsOf({ dynamodb: dynamodb.endpoint, services: servers.serviceUrl, buckets: servers.bucketUrl });
  const issuer = await createLocalIssuer(issuerUrlOf(servers), audiences(system), signInClients(system.clients));

  const functions = startFunctions(system, {
    runIn,
    logsFolder,
    runtimeFolder: join(dataFolder, 'runtime'),
    runtimeAddress: `${servers.serviceUrl.replace('http://', '')}${runtimePath}`,
    environment: endpoints,
    log,
    onSettled: () => servers.sources?.wake(),
    sendToDestination: queues.deliver,
  });
  const schedules = startSchedules(system.schedules, { invoke: functions.invokeAsEvent, sendToDeadLetters: queues.deliver, log });
  const operations = { ...eventOperations(bus), ...queueOperations(queues, servers.queueUrl), ...parameterOperations(parameters) };
  const customResources = createCustomResources(system.customResources, {
    url: `${servers.serviceUrl}${customResourcesPath}`,
    invoke: (arn, payload) => functions.named(arn).invoke(payload),
  });
  servers.services = { functions, issuer, customResources, operations, mailFolder: join(dataFolder, 'mails') };
  const sources = startEventSources({
    system,
    functions,
    queues,
    database: dynamodb,
    streams,
    checkpointsFolder: kept('checkpoints'),
    log,
  });
  servers.sources = sources;
  // What is in flight is saved before its function is ended: it comes again after the next start.
  ends.push(async () => {
    schedules.stop();
    const sourcesEnded = sources.stop();
    queues.stop();
    await functions.stop();
    await sourcesEnded;
  });
  const api = readHttpApi(system);
  if (api !== undefined) {
    const invoke = (arn: string, payload: string) => functions.named(arn).begin(payload);
    const gateway = createHttpApiServer({ api, invoke, issuer, accessLog: join(logsFolder, 'access.log') });
    const behaviours = readDistribution(system, servers.apiUrl);
    servers.front =
      behaviours === undefined
        ? gateway
        : createDistributionServer({ behaviours, api: gateway, store: buckets.store, deployed: customResources.made });
  }
  log(`${system.functions.length} functions behind ${servers.apiUrl}`);
  const movement = (): Movement => {
    const { moved, left } = sources.movement();
    const isRunning = functions.all.some((pool) => pool.underWay() > 0 && !pool.isHeld());
    return { moved: moved + bus.received(), left: left + bus.underWay(), isRunning };
  };
  const busy: Busy = {
    work: () => [...workOf(servers.front, functions, bus.underWay()), ...sources.work()],
    isDrained: sources.isDrained,
    movement,
  };
  const quiet: Cloud['quiet'] = (stillMillis, onLook) => untilQuiet(busy, { stillMillis, onLook });
  const { setFaults } = dynamodb;
  const pageUrl = `http://${servers.pageHost}/app/`;
  const parts = {
    apiUrl: servers.apiUrl,
    pageUrl,
    endpoints,
    setFaults,
    dataFolder,
    logsFolder,
    issuer,
    functions,
    queues,
    buckets,
    schedules,
  };
  return toCloud({ ...parts, movement, quiet, stop });
}

const issuerUrlOf = ({ serviceUrl }: Servers): string => `${serviceUrl}${issuerPath}`;

function readTemplates(assembly: string, servers: Servers, parameters: ParameterStore): System {
  const known = new Map(parameters.names().map((name) => [name, parameters.get(name)?.value ?? '']));
  const resources = resolveStacks(readAssembly(resolve(assembly)), { ...servers, issuerUrl: issuerUrlOf(servers) }, known);
  refuseUnsupported(resources);
  const system = readSystem(resources);
  for (const { name, properties } of system.parameters) parameters.seed(name, properties.Value, properties.Type);
  return system;
}

async function tablesOf(system: System, endpoint: string): Promise<ReadonlyMap<string, string>> {
  const client = new DynamoDBClient({ endpoint, region, credentials });
  try {
    return await createTables(client, system.tables);
  } finally {
    client.destroy();
  }
}

type Addresses = { readonly dynamodb: string; readonly services: string; readonly buckets: string };

function endpointsOf({ dynamodb, services, buckets }: Addresses): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb,
    AWS_ENDPOINT_URL_EVENTBRIDGE: services,
    AWS_ENDPOINT_URL_SQS: services,
    AWS_ENDPOINT_URL_SSM: services,
    AWS_ENDPOINT_URL_SESV2: services,
    AWS_ENDPOINT_URL_SCHEDULER: services,
    AWS_ENDPOINT_URL_LAMBDA: services,
    AWS_ENDPOINT_URL_S3: buckets,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
}

const audiences = (system: System): readonly string[] => [
  ...new Set(system.authorizers.flatMap(({ properties }) => properties.JwtConfiguration.Audience)),
];

function workOf(front: HttpApiServer | undefined, functions: Functions, deliveries: number): readonly string[] {
  const requests = front?.underWay() ?? 0;
  return [
    ...(requests === 0 ? [] : [`the API answers ${requests} requests`]),
    ...(deliveries === 0 ? [] : [`the bus delivers ${deliveries} events`]),
    ...(functions.eventsUnderWay() === 0 ? [] : [`${functions.eventsUnderWay()} asynchronous invocations`]),
    ...functions.all.filter((pool) => pool.underWay() > 0).map((pool) => `${pool.name} runs or has waiting ${pool.underWay()} invocations`),
  ];
}
