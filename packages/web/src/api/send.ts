import { followServer } from '../format/server-time.ts';
import type { Answer, Request, RouteKey } from './routes.ts';
import { failed, failureIn } from './problem.ts';

/** Who calls and in which language; the token stays in memory. */
export type Credentials = {
  readonly token: () => Promise<string | undefined>;
  readonly language: () => string;
  /** the token was refused */
  readonly signedOut: () => void;
};

export type Sending = {
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
  /** the request may outlive the page */
  readonly keepalive?: boolean;
};

export type Received<Body> = { readonly body: Body; readonly etag: string | null };

type Loose = {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly ifMatch?: string;
};

/** `/leads/{leadId}` with the values in it, and the query behind it; empty values are left out. */
export const addressOf = (template: string, { path = {}, query = {} }: Pick<Loose, 'path' | 'query'>): string => {
  const filled = template.replace(/\{(\w+)\+?\}/g, (_, name: string) => encodeURIComponent(String(path[name])));
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '' && value !== null);
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return given.length === 0 ? filled : `${filled}?${search}`;
};

// What left the API was parsed by its schema there; here it is believed.
const parsed = <Body>(text: string): Body => JSON.parse(text);

const problemBody = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/**
 * Makes the one function that talks to the API. What was read is kept in memory with its ETag, so that a poll of what has not changed
 * costs a 304; nothing personal is left to the browser's own cache.
 *
 * @returns a function that answers with the body of a good answer and its ETag, and throws an error with a `Failure` otherwise
 */
export const sender =
  (credentials: Credentials, kept: Map<string, Received<never>> = new Map<string, Received<never>>()) =>
  async <Key extends RouteKey>(key: Key, request: Request<Key>, sending: Sending = {}): Promise<Received<Answer<Key>>> => {
    const [method = 'GET', template = ''] = key.split(' ');
    const loose: Loose = request;
    const address = addressOf(template, loose);
    const token = await credentials.token();
    const reading = new Headers({ 'accept-language': credentials.language(), accept: 'application/json' });
    if (token !== undefined) reading.set('authorization', `Bearer ${token}`);
    const headers = new Headers(reading);
    const had: Received<Answer<Key>> | undefined = method === 'GET' ? kept.get(address) : undefined;
    if (loose.body !== undefined) headers.set('content-type', 'application/json');
    if (loose.ifMatch !== undefined) headers.set('if-match', loose.ifMatch === '' ? '*' : `"${loose.ifMatch}"`);
    if (had?.etag) headers.set('if-none-match', had.etag);
    if (sending.idempotencyKey !== undefined) headers.set('idempotency-key', sending.idempotencyKey);
    const ask = async (where: string, init: RequestInit): Promise<Response> => {
      const answer = await fetch(where, {
        ...init,
        signal: sending.signal ?? null,
        keepalive: sending.keepalive ?? false,
        cache: 'no-store',
      }).catch((error: unknown) => {
        if (sending.signal?.aborted === true) throw error;
        throw failed({ code: 'offline', status: 0, detail: String(error) });
      });
      followServer(answer.headers.get('date'));
      return answer;
    };
    const first = await ask(address, { method, headers, body: loose.body === undefined ? null : JSON.stringify(loose.body) });
    // A repetition is told where the thing is that it made, and not what it looks like.
    const told = await first.text();
    const made = told === '' && first.headers.has('idempotency-replayed') ? first.headers.get('location') : null;
    const response = made === null ? first : await ask(made, { headers: reading });
    if (response.status === 304 && had !== undefined) return had;
    const text = made === null ? told : await response.text();
    if (response.status === 401) credentials.signedOut();
    if (!response.ok) throw failed(failureIn(response.status, problemBody(text), response.headers));
    const received = { body: parsed<Answer<Key>>(text === '' ? 'null' : text), etag: response.headers.get('etag') };
    if (method === 'GET') keep(kept, address, received);
    return received;
  };

// Enough for the lists and records of a day; the oldest goes first.
const keep = <Body>(kept: Map<string, Received<Body>>, address: string, received: Received<Body>): void => {
  kept.delete(address);
  kept.set(address, received);
  const oldest = kept.keys().next();
  if (kept.size > 200 && oldest.done !== true) kept.delete(oldest.value);
};

export type Send = ReturnType<typeof sender>;
