import type { QueryClient } from '@tanstack/react-query';
import type { Received } from '../api/send.ts';
import type { HeldCommand } from './held-commands.ts';

/** The query that tells whether figures are being recalculated; it is set, never read from the API. */
export const recalculationKey = ['recalculation'] as const;

/** When figures are read again after an order, in milliseconds after the time before. */
const pauses = [500, 1000, 2000, 4000, 8000];

const figures = ['GET /attainment', 'GET /forecasts'];

const figureIn = ([route]: readonly unknown[]): string | undefined =>
  figures.find((each) => typeof route === 'string' && route.startsWith(each));

/** Whether a command books or cancels an order, so that attainment and forecast follow a little later. */
export const changesFigures = ({ key, patch }: Pick<HeldCommand, 'key' | 'patch'>): boolean =>
  ('status' in patch && patch['status'] === 'won') || key.endsWith('/cancel');

type Shown = readonly { readonly kind: string; readonly etag: string | null }[];

const shown = (client: QueryClient): Shown =>
  client
    .getQueryCache()
    .findAll({ type: 'active', predicate: ({ queryKey }) => figureIn(queryKey) !== undefined })
    .flatMap(({ queryKey, state }) => {
      const received: Partial<Received<unknown>> = Object(state.data);
      const kind = figureIn(queryKey);
      return kind === undefined ? [] : [{ kind, etag: received.etag ?? null }];
    });

/** Whether the figures that are shown have changed: of each kind at least one. Where none is shown, nothing can be said yet. */
export const haveChanged = (before: Shown, now: Shown): boolean => {
  const known = new Set(before.map(({ kind, etag }) => `${kind} ${etag}`));
  const kinds = [...new Set(now.map(({ kind }) => kind))];
  return kinds.length > 0 && kinds.every((kind) => now.some((one) => one.kind === kind && !known.has(`${kind} ${one.etag}`)));
};

/** Reads attainment and forecast again until they contain an order, in growing steps, and says so meanwhile. */
export const recalculate = async (client: QueryClient, wait: (millis: number) => Promise<void>): Promise<void> => {
  const before = shown(client);
  client.setQueryData(recalculationKey, true);
  for (const pause of pauses) {
    await wait(pause);
    await client.invalidateQueries({ predicate: ({ queryKey }) => figureIn(queryKey) !== undefined }).catch(() => undefined);
    if (haveChanged(before, shown(client))) break;
  }
  client.setQueryData(recalculationKey, false);
};
