import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useSend } from '../app/api.ts';
import type { Answer, Item, ReadKey, Request, RouteKey } from './routes.ts';
import type { Received } from './send.ts';

/** A list that comes page by page. */
type PagedKey = {
  readonly [Key in ReadKey]: Answer<Key> extends { readonly items: readonly unknown[]; readonly next: string | null } ? Key : never;
}[ReadKey];

type Paged = { readonly items: readonly unknown[]; readonly next: string | null };
const nextOf = (body: unknown): string | undefined => (isPaged(body) ? (body.next ?? undefined) : undefined);
const isPaged = (body: unknown): body is Paged => typeof body === 'object' && body !== null && 'items' in body && 'next' in body;

export type ReadingPages<Key extends PagedKey> = {
  readonly items: readonly Item<Key>[] | undefined;
  /** the first page, which has the totals */
  readonly first: Answer<Key> | undefined;
  readonly more: { readonly isLoading: boolean; readonly load: () => void } | undefined;
  readonly dataUpdatedAt: number;
  readonly isPending: boolean;
  readonly isError: boolean;
  readonly error: unknown;
  readonly refetch: () => Promise<unknown>;
};

const itemsOf = <Key extends RouteKey>({ body }: Received<Answer<Key>>): readonly never[] => {
  const paged: { readonly items?: readonly never[] } = Object(body);
  return paged.items ?? [];
};

/** Reads a list page by page; a poll reads again all pages that are shown. */
export const useReadPages = <Key extends PagedKey>(key: Key, request: Request<Key>): ReadingPages<Key> => {
  const send = useSend();
  const query = useInfiniteQuery({
    queryKey: [key, request, 'pages'],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => send(key, withCursor<Key>(request, pageParam), { signal }),
    getNextPageParam: ({ body }) => nextOf(body),
    placeholderData: keepPreviousData,
    refetchInterval: () => (document.hasFocus() ? 15_000 : 60_000) * (0.9 + Math.random() * 0.2),
  });
  const pages = query.data?.pages;
  return {
    items: pages?.flatMap((page): readonly Item<Key>[] => itemsOf<Key>(page)),
    first: pages?.[0]?.body,
    more: query.hasNextPage ? { isLoading: query.isFetchingNextPage, load: () => void query.fetchNextPage() } : undefined,
    dataUpdatedAt: query.dataUpdatedAt,
    isPending: query.isPending,
    isError: query.isError,
    error: query.error,
    refetch: query.refetch,
  };
};

const withCursor = <Key extends PagedKey>(request: Request<Key>, cursor: string): Request<Key> => {
  const { query = {} }: { readonly query?: object } = request;
  return cursor === '' ? request : { ...request, query: { ...query, cursor } };
};
