import type { QueryClient } from '@tanstack/react-query';
import type { Received, Send } from '../api/send.ts';
import { versionIn, type CommandPort } from './send-commands.ts';
import type { HeldCommand } from './held-commands.ts';
import { changesFigures, recalculate } from './recalculation.ts';

type Entity = { readonly kind: string; readonly id: string };

const entityOf = ({ entity }: HeldCommand): Entity => {
  const [kind = '', ...id] = entity.split(':');
  return { kind, id: id.join(':') };
};

/** How each kind of entity is read, to see what became of it. */
const readers: Readonly<Record<string, (send: Send, id: string) => Promise<Received<unknown>>>> = {
  lead: (send, leadId) => send('GET /leads/{leadId}', { path: { leadId } }),
  account: (send, accountId) => send('GET /accounts/{accountId}', { path: { accountId } }),
  opportunity: (send, opportunityId) => send('GET /opportunities/{opportunityId}', { path: { opportunityId } }),
};

/** The reads in which an entity of a kind shows: its own, the lists, and the figures that follow from it. */
const shownIn: Readonly<Record<string, readonly string[]>> = {
  task: ['/tasks', '/today'],
  lead: ['/leads', '/today', '/tasks', '/queues', '/service-ledger'],
  opportunity: ['/opportunities', '/board', '/today', '/leaks', '/attainment', '/forecasts'],
  account: ['/accounts'],
  judgement: ['/forecasts'],
};

const routeIn = (key: readonly unknown[]): string => (typeof key[0] === 'string' ? key[0].replace(/^GET /, '') : '');

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** Finds the entity in whatever the screens have read: its own answer, or as an item of a list. */
const seenIn = (client: QueryClient, { kind, id }: Entity): unknown => {
  const idField = `${kind}Id`;
  for (const [, received] of client.getQueriesData<Received<unknown>>({})) {
    const body = received?.body;
    if (!isRecord(body)) continue;
    if (body[idField] === id) return body;
    const item = Array.isArray(body['items']) ? body['items'].find((each: unknown) => isRecord(each) && each[idField] === id) : undefined;
    if (item !== undefined) return item;
  }
  return undefined;
};

const waited = (millis: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, millis));

/** Commands over HTTP, and what the screens have to read again after one. */
export const commandPort = (send: Send, client: QueryClient, tell: CommandPort['tell'], keepalive = false): CommandPort => ({
  send: ({ key, request, id }) => sendCommand(send, { key, request, id }, keepalive),
  readEntity: async (command) => {
    const { kind, id } = entityOf(command);
    const read = await readers[kind]?.(send, id);
    const version = versionIn(read?.etag ?? null);
    return read === undefined || version === undefined ? undefined : { body: read.body, version };
  },
  seenEntity: (command) => seenIn(client, entityOf(command)),
  refresh: (command) => {
    if (changesFigures(command)) void recalculate(client, waited);
    const routes = shownIn[entityOf(command).kind] ?? [];
    const isShown = (key: readonly unknown[]): boolean => routes.some((route) => routeIn(key).startsWith(route));
    return client.invalidateQueries({ predicate: ({ queryKey }) => isShown(queryKey) });
  },
  tell,
});

const sendCommand = (send: Send, { key, request, id }: Pick<HeldCommand, 'key' | 'request' | 'id'>, keepalive: boolean) =>
  // A held command was checked against its route when it was given; the queue keeps it as plain JSON.
  send(key, request, { idempotencyKey: id, keepalive });
