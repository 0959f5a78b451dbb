import type { Json } from './json.ts';

/** A document as it is in force, with its version. */
export type InForce = { readonly document: Json; readonly version: string };

/** A candidate, and the version that it was made from. */
export type Draft = {
  readonly base: InForce;
  readonly candidate: Json;
  /** what somebody else has published since; the rows are still to be picked */
  readonly published?: InForce;
};

export type DraftStore = {
  readonly read: (key: string) => Draft | undefined;
  readonly write: (key: string, draft: Draft | undefined) => void;
  readonly subscribe: (notify: () => void) => () => void;
};

/** The drafts of a tab, in memory: they survive another screen, and nothing of them is left on the device. */
export const makeDraftStore = (): DraftStore => {
  const drafts = new Map<string, Draft>();
  const listeners = new Set<() => void>();
  return {
    read: (key) => drafts.get(key),
    write: (key, draft) => {
      if (draft === undefined) drafts.delete(key);
      else drafts.set(key, draft);
      for (const notify of listeners) notify();
    },
    subscribe: (notify) => {
      listeners.add(notify);
      return () => listeners.delete(notify);
    },
  };
};
