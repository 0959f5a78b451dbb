import { createHash } from 'node:crypto';
import type { Clock } from '@meilenstein/kernel';
import { epochMillis } from '@meilenstein/kernel';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod';
import { deriveId } from '../identity.ts';
import { putIfAbsent, writeAll, type WritableTable } from '../table/certain-writes.ts';
import type { Item } from '../table/table.ts';

const keepSeconds = 24 * 3600;

const kept = z.object({ statusCode: z.number(), headers: z.record(z.string(), z.string()), body: z.string() });
const marker = z.looseObject({
  fingerprint: z.string(),
  /** null: the answer holds a secret, so only the location of what it made is stored */
  answer: kept.nullable(),
  location: z.string().nullable().default(null),
});

type Answer = APIGatewayProxyStructuredResultV2;

/** What a repetition is given: all of the answer, or what names nobody. */
const keptOf = ({ statusCode = 500, headers = {}, body = '' }: Answer, keepsBody: boolean): z.infer<typeof kept> => {
  const named = Object.entries(headers).filter(([name]) => keepsBody || name === 'location' || name === 'etag');
  const replayed = { 'idempotency-replayed': 'true', 'cache-control': 'no-store' };
  return {
    statusCode,
    headers: { ...Object.fromEntries(named.map(([name, value]) => [name, String(value)])), ...replayed },
    body: keepsBody ? body : '',
  };
};

/** What is known of a key that was used before. */
export type Used =
  | { readonly kind: 'same'; readonly answer: Answer }
  | { readonly kind: 'given-once'; readonly location: string | null }
  | { readonly kind: 'other-request' };
export type Repetition = { readonly kind: 'new' } | Used;

/** The statuses that a request may get if another one with the same key was faster. */
const lostRace: readonly number[] = [409, 412];
const maxChecks = 6;

/** A request as far as its key is bound to it. */
export type Keyed = {
  readonly subject: string;
  /** method and pattern, and the values of the pattern's parameters */
  readonly route: string;
  readonly path: Readonly<Record<string, string | undefined>>;
  readonly key: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
  /** whether the body of the answer may be kept: it names no person */
  readonly keepsBody: boolean;
};

const inOrder = (values: Keyed['path']): readonly string[] =>
  Object.entries(values)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, value = '']) => [name, value]);

const fingerprintOf = ({ query, body }: Keyed): string => {
  const hash = createHash('sha256');
  const asked = inOrder(query);
  if (asked.length > 0) hash.update(JSON.stringify(asked));
  return hash.update(body).digest('hex');
};

/**
 * Stores answers by caller, method, path and `Idempotency-Key` for 24 hours, for one query and body each. The marker only repeats the
 * answer. That nothing happens twice follows from the ids, which derive from the same key, so that two requests at once change the same
 * aggregate, and from `If-Match`.
 */
export const idempotency = (deps: WritableTable & { readonly clock: Clock }, request: Keyed) => {
  const seed = [request.subject, request.route, ...inOrder(request.path), request.key];
  const asked = fingerprintOf(request);
  const at = { pk: `IDEMPOTENCY#${deriveId(...seed)}`, sk: 'MARKER' };
  const look = async (): Promise<Repetition> => {
    const item = await deps.table.get(at);
    if (item === undefined) return { kind: 'new' };
    const { fingerprint, answer, location } = marker.parse(item);
    if (fingerprint !== asked) return { kind: 'other-request' };
    return answer === null ? { kind: 'given-once', location } : { kind: 'same', answer };
  };
  const itemOf = (about: object): Item => {
    const expiresAt = Math.floor(epochMillis(deps.clock.now()) / 1000) + keepSeconds;
    return { ...at, expiresAt, fingerprint: asked, ...about };
  };
  const forget = () => writeAll(deps, [{ remove: at }]);
  const once = async (make: () => Promise<Answer>): Promise<{ readonly made: Answer } | { readonly used: Used }> => {
    if (!(await putIfAbsent(deps, itemOf({ answer: null })))) {
      const used = await look();
      return used.kind === 'new' ? once(make) : { used };
    }
    try {
      const made = await make();
      const location = made.headers?.['location'] ?? null;
      await ((made.statusCode ?? 500) < 300 ? writeAll(deps, [{ put: itemOf({ answer: null, location }) }]) : forget());
      return { made };
    } catch (error) {
      await forget();
      throw error;
    }
  };
  return {
    /** the n-th new id of the request: the same one each time */
    id: (n: number): string => deriveId('new', ...seed, String(n)),
    look,
    /**
     * Stores the answer, or returns the one that a faster request with the same key has stored. That request may already have made the
     * change, so that this one got 409 or 412, and may be about to store its answer.
     */
    keep: async (answer: Answer): Promise<Repetition> => {
      const status = answer.statusCode ?? 500;
      if (status < 300) {
        const isFirst = await putIfAbsent(deps, itemOf({ answer: keptOf(answer, request.keepsBody) }));
        return isFirst ? { kind: 'new' } : look();
      }
      for (let looks = 0; lostRace.includes(status) && looks < maxChecks; looks += 1) {
        const found = await look();
        if (found.kind !== 'new') return found;
        await deps.delay(10 * 2 ** looks);
      }
      return { kind: 'new' };
    },
    /**
     * Makes an answer that holds a secret, at most once. The marker is written before the work begins, so that no second request makes
     * another secret that replaces the first one. A request that was refused or failed gave no secret and may be sent again.
     */
    once,
  };
};
