import { createServer } from 'node:http';
import { close, listen } from './endpoint/listen.ts';
import { createServiceServer, type Services } from './endpoint/service-server.ts';
import type { EventSources } from './event-sources.ts';
import type { Front } from './front/http-front.ts';
import { accountId } from './place.ts';

/** What has to be ended, in the order in which it was started. */
export type Ends = (() => Promise<void> | void)[];

export type Doors = {
  readonly apiUrl: string;
  readonly serviceUrl: string;
  readonly queueUrl: (name: string) => string;
  front?: Front;
  services?: Services;
  sources?: EventSources;
};

/** Servers that listen before there is anything behind them, because templates hold their addresses. */
export async function openDoors(apiPort: number, ends: Ends): Promise<Doors> {
  const apiServer = createServer((request, response) => {
    if (doors.front === undefined) response.writeHead(503).end();
    else doors.front.handle(request, response);
  });
  const serviceServer = createServiceServer(() => doors.services);
  ends.push(
    () => close(serviceServer),
    () => close(apiServer),
  );
  const serviceUrl = await listen(serviceServer, 0);
  const doors: Doors = { apiUrl: await listen(apiServer, apiPort), serviceUrl, queueUrl: (name) => `${serviceUrl}/${accountId}/${name}` };
  return doors;
}
