import { DatabaseError } from '../database-error.ts';

/** Transactions that were done lately, so that one that is sent again does not happen twice. They are forgotten with the process. */
export type RequestTokens = {
  /** @param request what must be the same when the token comes again @throws IdempotentParameterMismatchException where it is not */
  readonly once: (token: string, request: string, work: () => void) => void;
};

const validMillis = 10 * 60_000;

export function openTokens(now: () => number): RequestTokens {
  const done = new Map<string, { readonly request: string; readonly at: number }>();
  return {
    once: (token, request, work) => {
      // The oldest stand first.
      for (const [old, { at }] of done) {
        if (now() - at < validMillis) break;
        done.delete(old);
      }
      const known = done.get(token);
      if (known === undefined) {
        work();
        done.set(token, { request, at: now() });
      } else if (known.request !== request) {
        throw new DatabaseError(
          'IdempotentParameterMismatchException',
          'The request uses the same client token as a previous, but non-identical request.',
        );
      }
    },
  };
}
