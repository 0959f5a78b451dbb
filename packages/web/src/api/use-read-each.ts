import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { useSend } from '../app/api.ts';
import type { Answer, ReadKey, Request } from './routes.ts';

/** Reads a route several times at once, each time with another request; answers that are not there yet are left out. */
export const useReadEach = <Key extends ReadKey>(key: Key, requests: readonly Request<Key>[]): readonly Answer<Key>[] => {
  const send = useSend();
  return useQueries({
    queries: requests.map((request) => ({
      queryKey: [key, request],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => send(key, request, { signal }),
      placeholderData: keepPreviousData,
      refetchInterval: () => (document.hasFocus() ? 60_000 : 120_000) * (0.9 + Math.random() * 0.2),
    })),
    combine: (readings) => readings.flatMap(({ data }) => (data === undefined ? [] : [data.body])),
  });
};
