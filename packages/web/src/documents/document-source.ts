import type { Answer, CommandKey, ReadKey, Request, RouteKey } from '../api/routes.ts';
import { failureOf } from '../api/problem.ts';
import type { Send } from '../api/send.ts';
import type { InForce } from './draft-store.ts';
import { copied, type Json } from './json.ts';

/** Where a document is read and published. */
export type DocumentSource = {
  /** the same for the same document, in every screen */
  readonly key: string;
  readonly read: (send: Send, signal?: AbortSignal) => Promise<InForce>;
  readonly publish: (send: Send, candidate: Json, version: string) => Promise<void>;
};

type Parts = {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: Json;
  readonly ifMatch?: string;
};

/** A call with a document in it; its schema is checked by the API. */
export const requestOf = <Key extends RouteKey>(parts: Parts): Request<Key> => copied(parts);

const versionIn = (etag: string | null): string => etag?.replace(/^(?:W\/)?"|"$/g, '') ?? '';

type Routes<Get extends ReadKey, Put extends CommandKey> = {
  readonly get: Get;
  readonly put: Put;
  readonly path?: Readonly<Record<string, string>>;
  /** the part of the answer that a `PUT` takes back */
  readonly documentIn: (answer: Answer<Get>) => unknown;
  /** what stands for a document that does not exist yet; without it that is a failure */
  readonly start?: Json;
};

/** A document that is read and published by a pair of routes. */
export const documentOf = <Get extends ReadKey, Put extends CommandKey>({
  get,
  put,
  path = {},
  documentIn,
  start,
}: Routes<Get, Put>): DocumentSource => ({
  key: `${put} ${Object.values(path).join(' ')}`,
  read: async (send, signal) => {
    try {
      const { body, etag } = await send(get, requestOf<Get>({ path }), signal === undefined ? {} : { signal });
      return { document: copied<Json>(documentIn(body)), version: versionIn(etag) };
    } catch (error) {
      if (start === undefined || failureOf(error).status !== 404) throw error;
      // No version: publishing creates it, and is refused where somebody else was faster.
      return { document: start, version: '0' };
    }
  },
  publish: async (send, candidate, version) => {
    await send(put, requestOf<Put>({ path, body: candidate, ifMatch: version }));
  },
});
