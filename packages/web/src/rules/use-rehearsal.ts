import { useInfiniteQuery, type InfiniteData } from '@tanstack/react-query';
import type { Answer } from '../api/routes.ts';
import type { Send } from '../api/send.ts';
import { useSend } from '../app/api.ts';
import { titleOf } from '../documents/compare-documents.ts';
import { isList, isRecord, isSame, textOf, type Json, type JsonList } from '../documents/json.ts';
import { requestOf } from '../documents/document-source.ts';
import type { EditedDocument } from '../documents/use-document.ts';
import type { RuleId } from './rule-documents.ts';

/** One page of what a rehearsal answered, by the route that answered it. */
export type RehearsalPage =
  | { readonly of: 'points'; readonly answer: Answer<'POST /points/rehearsal'> }
  | { readonly of: 'qualification'; readonly answer: Answer<'POST /qualification/rehearsal'> }
  | { readonly of: 'routing'; readonly answer: Answer<'POST /routing/rehearse'> }
  | { readonly of: 'segments'; readonly previews: readonly SegmentPreview[] };

/** How large a segment of the candidate would be, and where it overlaps with those in force. */
export type SegmentPreview = { readonly name: string; readonly answer: Answer<'POST /segments/preview'> };

type Run = (send: Send, candidate: Json, cursor: string, inForce: Json) => Promise<RehearsalPage>;

export const rehearsedDays = 30;
const pageSize = 50;

export const previewedDays = 365;

const segmentsIn = (document: Json): JsonList => {
  const segments = isRecord(document) ? document['segments'] : undefined;
  return isList(segments) ? segments : [];
};

const query = (cursor: string) => ({ days: rehearsedDays, limit: pageSize, cursor });

const runs: Readonly<Partial<Record<RuleId, Run>>> = {
  segments: async (send, candidate, _cursor, inForce) => {
    const changed = segmentsIn(candidate).filter((segment) => !segmentsIn(inForce).some((other) => isSame(segment, other)));
    const previews = changed.map(async (segment) => {
      const body = { segment, days: previewedDays };
      const { body: answer } = await send('POST /segments/preview', requestOf<'POST /segments/preview'>({ body }));
      return { name: titleOf(segment), answer };
    });
    return { of: 'segments', previews: await Promise.all(previews) };
  },
  points: async (send, candidate, cursor) => ({
    of: 'points',
    answer: (await send('POST /points/rehearsal', requestOf<'POST /points/rehearsal'>({ query: query(cursor), body: candidate }))).body,
  }),
  qualification: async (send, candidate, cursor) => ({
    of: 'qualification',
    answer: (
      await send('POST /qualification/rehearsal', requestOf<'POST /qualification/rehearsal'>({ query: query(cursor), body: candidate }))
    ).body,
  }),
  routing: async (send, candidate) => ({
    of: 'routing',
    answer: (await send('POST /routing/rehearse', requestOf<'POST /routing/rehearse'>({ body: { document: candidate } }))).body,
  }),
  territories: async (send, candidate) => ({
    of: 'routing',
    answer: (await send('POST /routing/rehearse', requestOf<'POST /routing/rehearse'>({ body: candidate }))).body,
  }),
};

const nextOf = (page: RehearsalPage): string | null => (page.of === 'points' || page.of === 'qualification' ? page.answer.next : null);

/** The rehearsal of exactly one candidate against exactly one version in force. */
export type Rehearsal = {
  readonly exists: boolean;
  readonly isRehearsed: boolean;
  readonly isRunning: boolean;
  readonly pages: readonly RehearsalPage[];
  readonly rehearse: () => void;
  readonly more: (() => void) | undefined;
};

/** Rehearses the candidate on request. What was rehearsed is kept by its text, so any change asks for another rehearsal. */
export const useRehearsal = (id: RuleId, edited: EditedDocument): Rehearsal => {
  const send = useSend();
  const run = runs[id];
  const { candidate, base, refuse } = edited;
  const { data, isFetching, refetch, fetchNextPage, hasNextPage } = useInfiniteQuery<
    RehearsalPage,
    Error,
    InfiniteData<RehearsalPage, string>,
    readonly string[],
    string
  >({
    queryKey: ['rehearsal', id, base.version, textOf(candidate)],
    queryFn: ({ pageParam }) => {
      if (run === undefined) throw new Error(`${id} has no rehearsal`);
      return run(send, candidate, pageParam, base.document);
    },
    initialPageParam: '',
    getNextPageParam: nextOf,
    enabled: false,
    retry: false,
    gcTime: Number.POSITIVE_INFINITY,
  });
  const rehearse = async (): Promise<void> => {
    const { error } = await refetch();
    if (error !== null) refuse(error);
  };
  return {
    exists: run !== undefined,
    isRehearsed: data !== undefined,
    isRunning: isFetching,
    pages: data?.pages ?? [],
    rehearse: () => void rehearse(),
    more: hasNextPage ? () => void fetchNextPage() : undefined,
  };
};
