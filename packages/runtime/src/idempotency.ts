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

/**
 * Remembers answers by caller, route and `Idempotency-Key` for 24 hours. The marker saves the second answer; that nothing happens twice
 * is the work of the ids, which derive from the same key, so two requests at once change the same aggregate.
 */
export const idempotency = (
  deps: { readonly table: Table; readonly clock: Clock },
  scope: { readonly subject: string; readonly route: string; readonly key: string },
) => {
  const seed = [scope.subject, scope.route, scope.key] as const;
  const at = { pk: `IDEMPOTENCY#${deriveId(...seed)}`, sk: 'MARKER' };
  const fingerprintOf = (body: Uint8Array): string => createHash('sha256').update(body).digest('hex');
  return {
    /** the n-th new id of the request: the same one each time */
    id: (n: number): string => deriveId('new', ...seed, String(n)),
    look: async (body: Uint8Array): Promise<Repetition> => {
      const item = await deps.table.get(at);
      if (item === undefined) return { kind: 'new' };
      const known = marker.parse(item);
      return known.fingerprint === fingerprintOf(body) ? { kind: 'same', answer: known.answer } : { kind: 'other-body' };
    },
    remember: async (body: Uint8Array, answer: APIGatewayProxyStructuredResultV2): Promise<void> => {
      const expiresAt = Math.floor(epochMillis(deps.clock.now()) / 1000) + keepSeconds;
      const { statusCode, headers, body: text } = answer;
      await deps.table.transact([
        {
          put: { ...at, expiresAt, fingerprint: fingerprintOf(body), answer: { statusCode, headers: headers ?? {}, body: text ?? '' } },
          when: 'absent',
        },
      ]);
    },
  };
};
