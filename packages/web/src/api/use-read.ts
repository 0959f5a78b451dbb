import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useSend } from '../app/api.ts';
import type { Received } from './send.ts';
import type { Answer, ReadKey, Request } from './routes.ts';

/** How often something is read again while somebody looks at it, in seconds. */
export type Rhythm = 'record' | 'list' | 'calm' | 'once';

const seconds: Readonly<Record<Rhythm, number>> = { record: 10, list: 15, calm: 60, once: 0 };

/** In a window that is visible but not in front, once a minute is enough; a hidden one reads nothing. A fifth of jitter keeps many tabs apart. */
const pause = (rhythm: Rhythm): number | false => {
  const base = seconds[rhythm];
  if (base === 0) return false;
  return (document.hasFocus() ? base : Math.max(base, 60)) * (900 + Math.random() * 200);
};

export type Reading<Key extends ReadKey> = UseQueryResult<Received<Answer<Key>>>;

/** Reads a route, and again in its rhythm; unchanged answers cost a 304. */
export const useRead = <Key extends ReadKey>(
  key: Key,
  request: Request<Key>,
  { rhythm = 'list', enabled = true }: { readonly rhythm?: Rhythm; readonly enabled?: boolean } = {},
): Reading<Key> => {
  const send = useSend();
  return useQuery({
    queryKey: [key, request],
    queryFn: ({ signal }) => send(key, request, { signal }),
    enabled,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.status === 'error' ? 60_000 : pause(rhythm)),
    refetchOnWindowFocus: rhythm !== 'once',
  });
};
