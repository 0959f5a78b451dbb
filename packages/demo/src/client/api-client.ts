import { randomUUID } from 'node:crypto';
import type { Role } from '@meilenstein/contracts';
import type { Cloud } from '@meilenstein/local';
import * as z from 'zod';
import { untilAnswered } from './until-answered.ts';

export type Answer = {
  readonly status: number;
  readonly etag: string | undefined;
  readonly body: unknown;
  readonly text: string;
  readonly headers: Headers;
};
type Call = {
  readonly body?: unknown;
  readonly ifMatch?: string;
  readonly create?: boolean;
  /** the same in each start that goes on with a step; where it is not given, a new one for each POST that names no version */
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Calls the API with a token of a role. */
export type ApiClient = {
  readonly token: string;
  /** one try, and any answer */
  readonly call: (method: string, path: string, call?: Call) => Promise<Answer>;
  /** tries until there is an answer that is about the request */
  readonly ask: (method: string, path: string, call?: Call) => Promise<Answer>;
  /** the body of a success, asked for until there is an answer; throws with the problem document otherwise */
  readonly get: <Schema extends z.ZodType>(schema: Schema, path: string) => Promise<z.output<Schema>>;
  readonly send: <Schema extends z.ZodType>(schema: Schema, method: string, path: string, call?: Call) => Promise<z.output<Schema>>;
};

/** What an API client needs of a cloud. */
export type ApiCloud = Pick<Cloud, 'apiUrl' | 'tokenFor' | 'movement'>;

export const apiClient = async (cloud: ApiCloud, role: Role, subject: string, sources: readonly string[] = []): Promise<ApiClient> => {
  const token = await cloud.tokenFor({ subject, claims: { 'cognito:groups': [role], 'custom:sources': sources.join(' ') } });
  const call = async (method: string, path: string, { body, ifMatch, create = false, key, headers = {} }: Call = {}): Promise<Answer> => {
    const answer = await fetch(`${cloud.apiUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
        ...(create ? { 'if-none-match': '*' } : {}),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json') === true && text !== '';
    return {
      status: answer.status,
      etag: answer.headers.get('etag') ?? undefined,
      body: isJson ? JSON.parse(text) : undefined,
      text,
      headers: answer.headers,
    };
  };
  const ask: ApiClient['ask'] = (method, path, about = {}) => {
    // What names a version changes it once, whoever asks again; a key would also keep the answer for a day, and with it what customers said.
    const repeatable = method === 'POST' && about.ifMatch === undefined ? { key: randomUUID(), ...about } : about;
    return untilAnswered(cloud, `${method} ${path}`, () => call(method, path, repeatable));
  };
  const send: ApiClient['send'] = async (schema, method, path, about) => {
    const answer = await ask(method, path, about);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    // A repetition is told where the thing is and not what it looks like: a command's own is what stands before its verb.
    if (answer.headers.has('idempotency-replayed') && answer.text === '')
      return send(schema, 'GET', answer.headers.get('location') ?? path.slice(0, path.lastIndexOf('/')));
    return schema.parse(answer.body);
  };
  return { token, call, ask, send, get: (schema, path) => send(schema, 'GET', path) };
};

/** Every page of a list. */
export const everyPage = async <Item extends z.ZodType>(who: ApiClient, item: Item, path: string): Promise<z.output<Item>[]> => {
  const page = z.object({ items: z.array(item), next: z.string().nullable() });
  const items: z.output<Item>[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const join = path.includes('?') ? '&' : '?';
    const found: z.output<typeof page> = await who.get(page, `${path}${join}limit=100${cursor === '' ? '' : `&cursor=${cursor}`}`);
    items.push(...found.items);
    cursor = found.next;
  }
  return items;
};
