import { createServer } from 'node:http';
import type { Buckets } from './bucket/bucket-server.ts';
import { close, listen } from './endpoint/listen.ts';
import { createServiceServer, type Services } from './endpoint/service-server.ts';
import type { EventSources } from './event-sources.ts';
import type { HttpApiServer } from './http-api/http-api-server.ts';
import { accountId } from './account-and-region.ts';

/** What has to be ended, in the order in which it was started. */
export type Cleanups = (() => Promise<void> | void)[];

export type Servers = {
  readonly apiUrl: string;
  readonly serviceUrl: string;
  readonly bucketUrl: string;
  /** host and port at which people open the page */
  readonly pageHost: string;
  readonly queueUrl: (name: string) => string;
  front?: HttpApiServer;
  services?: Services;
  sources?: EventSources;
  buckets?: Buckets;
};

/** Servers that listen before there is anything behind them, because templates hold their addresses. */
export async function openServers(apiPort: number, ends: Cleanups): Promise<Servers> {
  const apiServer = createServer((request, response) => {
    if (servers.front === undefined) response.writeHead(503).end();
    else servers.front.handle(request, response);
  });
  const serviceServer = createServiceServer(() => servers.services);
  const bucketServer = createServer((request, response) => {
    if (servers.buckets === undefined) response.writeHead(503).end();
    else servers.buckets.handle(request, response);
  });
  ends.push(
    () => close(bucketServer),
    () => close(serviceServer),
    () => close(apiServer),
  );
  const serviceUrl = await listen(serviceServer, 0);
  const apiUrl = await listen(apiServer, apiPort);
  const servers: Servers = {
    apiUrl,
    serviceUrl,
    bucketUrl: await listen(bucketServer, 0),
    // A browser treats this name as it treats a domain with TLS, and it is what a person types.
    pageHost: `localhost:${new URL(apiUrl).port}`,
    queueUrl: (name) => `${serviceUrl}/${accountId}/${name}`,
  };
  return servers;
}
