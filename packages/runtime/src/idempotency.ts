import { createHash } from 'node:crypto';
import type { Clock } from '@meilenstein/kernel';
import { epochMillis } from '@meilenstein/kernel';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod';
import { deriveId } from './identity.ts';
import type { Table } from './table.ts';

const keepSeconds = 24 * 3600;

const marker = z.looseObject({
  fingerprint: z.string(),
  answer: z.object({ statusCode: z.number(), headers: z.record(z.string(), z.string()), body: z.string() }),
});

export type Repetition =
  | { readonly kind: 'new' }
  | { readonly kind: 'same'; readonly answer: APIGatewayProxyStructuredResultV2 }
  | { readonly kind: 'other-body' };

/** What an answer may look like where another request with the same key was faster. */
const lostRace: readonly number[] = [409, 412];
const mostLooks = 6;

/**
 * Remembers answers by caller, route and `Idempotency-Key` for 24 hours. The marker saves the second answer; that nothing happens twice
 * is the work of the ids, which derive from the same key, so two requests at once change the same aggregate, and of `If-Match`.
 */
export const idempotency = (
  deps: { readonly table: Table; readonly clock: Clock; readonly delay: (millis: number) => Promise<void> },
  scope: { readonly subject: string; readonly route: string; readonly key: string },
) => {
  const seed = [scope.subject, scope.route, scope.key] as const;
  const at = { pk: `IDEMPOTENCY#${deriveId(...seed)}`, sk: 'MARKER' };
  const fingerprintOf = (body: Uint8Array): string => createHash('sha256').update(body).digest('hex');
  const look = async (body: Uint8Array): Promise<Repetition> => {
    const item = await deps.table.get(at);
    if (item === undefined) return { kind: 'new' };
    const known = marker.parse(item);
    return known.fingerprint === fingerprintOf(body) ? { kind: 'same', answer: known.answer } : { kind: 'other-body' };
  };
  const put = async (body: Uint8Array, { statusCode, headers, body: text }: APIGatewayProxyStructuredResultV2): Promise<boolean> => {
    const expiresAt = Math.floor(epochMillis(deps.clock.now()) / 1000) + keepSeconds;
    const answer = { statusCode, headers: headers ?? {}, body: text ?? '' };
    return (await deps.table.transact([{ put: { ...at, expiresAt, fingerprint: fingerprintOf(body), answer }, when: 'absent' }])).done;
  };
  return {
    /** the n-th new id of the request: the same one each time */
    id: (n: number): string => deriveId('new', ...seed, String(n)),
    look,
    /**
     * Keeps the answer as the first one, or says whose answer is the first where another request was faster: that one may have changed
     * already what this one wanted to change (409, 412), and is about to keep its answer.
     */
    keep: async (body: Uint8Array, answer: APIGatewayProxyStructuredResultV2): Promise<Repetition> => {
      const status = answer.statusCode ?? 500;
      if (status < 300) return (await put(body, answer)) ? { kind: 'new' } : look(body);
      for (let looks = 0; lostRace.includes(status) && looks < mostLooks; looks += 1) {
        const found = await look(body);
        if (found.kind !== 'new') return found;
        await deps.delay(10 * 2 ** looks);
      }
      return { kind: 'new' };
    },
  };
};
