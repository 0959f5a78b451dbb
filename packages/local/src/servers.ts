import { createServer } from 'node:http';
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
  readonly queueUrl: (name: string) => string;
  front?: HttpApiServer;
  services?: Services;
  sources?: EventSources;
};

/** Servers that listen before there is anything behind them, because templates hold their addresses. */
export async function openServers(apiPort: number, ends: Cleanups): Promise<Servers> {
  const apiServer = createServer((request, response) => {
    if (servers.front === undefined) response.writeHead(503).end();
    else servers.front.handle(request, response);
  });
  const serviceServer = createServiceServer(() => servers.services);
  ends.push(
    () => close(serviceServer),
    () => close(apiServer),
  );
  const serviceUrl = await listen(serviceServer, 0);
  const servers: Servers = {
    apiUrl: await listen(apiServer, apiPort),
    serviceUrl,
    queueUrl: (name) => `${serviceUrl}/${accountId}/${name}`,
  };
  return servers;
}
