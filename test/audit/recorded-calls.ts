import { auditedCommit, pageOf, type Api, type AuditedCommit, type ServiceName } from '@meilenstein/contracts';
import type { MemoryTable } from '@meilenstein/runtime/testing/memory-table';

type Caller = { readonly subject?: string; readonly requestId?: string };
type Answer = { readonly status: number; readonly json: unknown };
type CallOf<Call extends Caller, Given extends Answer> = (routeKey: string, call?: Call) => Promise<Given>;

/** A command that was done: who sent it, and the request that it came with. */
export type DoneCommand = { readonly route: string; readonly subject: string; readonly requestId: string };

const page = pageOf(auditedCommit);

/** The strings in a value, at whatever depth. */
const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

const isCommand = (route: string): boolean => !route.startsWith('GET ');

/** The routes of an API by which a caller with a token may change something. */
export const commandsOf = (api: Api): readonly string[] =>
  Object.entries(api.routes).flatMap(([route, { roles }]) => (isCommand(route) && roles !== 'signature' ? [route] : []));

/** Calls a service, gives each request an id, and remembers which commands were done and what was ever confidential. */
export const recordedCalls = <Call extends Caller, Given extends Answer>(send: CallOf<Call, Given>, table: MemoryTable) => {
  const done: DoneCommand[] = [];
  const secrets = new Set<string>();
  let requests = 0;
  const call = async (route: string, about?: Call): Promise<Given> => {
    requests += 1;
    const requestId = `request-${requests}`;
    const given: Partial<Call> = about ?? {};
    const answer = await send(route, Object.assign({}, about, { requestId }));
    if (isCommand(route) && answer.status < 300) done.push({ route, subject: given.subject ?? 'somebody', requestId });
    for (const item of table.dump()) if (item.sk.startsWith('CONFIDENTIAL#')) for (const text of textsIn(item['parts'])) secrets.add(text);
    return answer;
  };
  return { call, done, secrets };
};

/** The whole audit that a query finds, page by page. */
export const auditOf = async (
  call: (route: string, about: { readonly query: Record<string, string> }) => Promise<Answer>,
  service: ServiceName,
  query: Record<string, string>,
): Promise<readonly AuditedCommit[]> => {
  const found: AuditedCommit[] = [];
  let cursor: string | null = null;
  do {
    const about: Record<string, string> = { ...query, limit: '100', ...(cursor === null ? {} : { cursor }) };
    const { items, next } = page.parse((await call(`GET /audit/${service}`, { query: about })).json);
    found.push(...items);
    cursor = next;
  } while (cursor !== null);
  return found;
};

/** Names in the rules that hold while a company has published none: they are ours, though a person's routing may repeat them. */
const namesOfDefaults = ['Everybody who sells'];

/** What of the confidential texts stands in the audit, without those that events publish as well. The sentences are the same for everybody. */
export const disclosed = (commits: readonly AuditedCommit[], secrets: ReadonlySet<string>, table: MemoryTable): readonly string[] => {
  const published = new Set([...namesOfDefaults, ...table.commits().flatMap((item) => textsIn(item['events']))]);
  const shown = textsIn(commits.map(({ events, ...one }) => ({ ...one, events: events.map(({ sentence: _, ...event }) => event) })));
  const isShown = (secret: string): boolean => shown.some((text) => (secret.length > 5 ? text.includes(secret) : text === secret));
  return [...secrets].filter((secret) => !published.has(secret) && isShown(secret));
};
