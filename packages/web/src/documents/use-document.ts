import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useState, useSyncExternalStore } from 'react';
import { failureOf, type Failure } from '../api/problem.ts';
import { useSend } from '../app/api.ts';
import { changesOf, merged, type Difference, type Picks } from './compare-documents.ts';
import type { DocumentSource } from './document-source.ts';
import { makeDraftStore, type Draft, type InForce } from './draft-store.ts';
import { isSame, type Json } from './json.ts';

const drafts = makeDraftStore();

/** A document in an editor: what is in force, the candidate, what it changes, and how it is published. */
export type EditedDocument = {
  readonly inForce: InForce;
  /** the version that the candidate was made from */
  readonly base: InForce;
  readonly candidate: Json;
  readonly changes: readonly Difference[];
  /** somebody has published another version since the draft began */
  readonly isStale: boolean;
  readonly conflict: { readonly draft: Draft; readonly published: InForce } | undefined;
  readonly refusal: Failure | undefined;
  readonly isPublishing: boolean;
  readonly edit: (candidate: Json) => void;
  readonly discard: () => void;
  readonly publish: () => Promise<boolean>;
  /** opens the comparison with what was published meanwhile */
  readonly compare: () => void;
  readonly closeComparison: () => void;
  readonly pick: (picks: Picks) => void;
  /** shows at its field what a rehearsal of the candidate was refused for */
  readonly refuse: (error: unknown) => void;
};

/** Reads a document and keeps the draft of it; undefined until it was read. */
export const useDocument = (
  source: DocumentSource,
): { readonly reading: UseQueryResult<InForce>; readonly edited: EditedDocument | undefined } => {
  const send = useSend();
  const client = useQueryClient();
  const [refusal, setRefusal] = useState<{ readonly of: string; readonly failure: Failure }>();
  const [isPublishing, setIsPublishing] = useState(false);
  const queryKey = ['document', source.key];
  const reading = useQuery({ queryKey, queryFn: ({ signal }) => source.read(send, signal), refetchInterval: 60_000 });
  const draft = useSyncExternalStore(drafts.subscribe, () => drafts.read(source.key));
  const inForce = reading.data;
  if (inForce === undefined) return { reading, edited: undefined };
  const base = draft?.base ?? inForce;
  const candidate = draft?.candidate ?? inForce.document;
  const write = (next: Draft | undefined): void => drafts.write(source.key, next);
  const edit = (next: Json): void => {
    setRefusal(undefined);
    write(isSame(next, base.document) && base.version === inForce.version ? undefined : { base, candidate: next });
  };
  const compareWith = (published: InForce): void => write({ base, candidate, published });
  const failed = async (error: unknown): Promise<void> => {
    const failure = failureOf(error);
    if (failure.status !== 412) return setRefusal({ of: source.key, failure });
    const published = await source.read(send);
    client.setQueryData(queryKey, published);
    compareWith(published);
  };
  const publish = async (): Promise<boolean> => {
    setIsPublishing(true);
    setRefusal(undefined);
    try {
      await source.publish(send, candidate, base.version);
      write(undefined);
      await client.invalidateQueries();
      return true;
    } catch (error) {
      await failed(error).catch((again: unknown) => setRefusal({ of: source.key, failure: failureOf(again) }));
      return false;
    } finally {
      setIsPublishing(false);
    }
  };
  const published = draft?.published;
  const pick = (picks: Picks): void => {
    if (published === undefined) return;
    const next = merged({ before: base.document, now: published.document, mine: candidate }, picks) ?? published.document;
    write(isSame(next, published.document) ? undefined : { base: published, candidate: next });
  };
  return {
    reading,
    edited: {
      inForce,
      base,
      candidate,
      changes: changesOf(base.document, candidate),
      isStale: base.version !== inForce.version,
      conflict: draft === undefined || published === undefined ? undefined : { draft, published },
      refusal: refusal?.of === source.key ? refusal.failure : undefined,
      isPublishing,
      edit,
      discard: () => {
        setRefusal(undefined);
        write(undefined);
      },
      publish,
      compare: () => compareWith(inForce),
      closeComparison: () => write({ base, candidate }),
      pick,
      refuse: (error) => setRefusal({ of: source.key, failure: failureOf(error) }),
    },
  };
};
