import { useSyncExternalStore } from 'react';

/** A record that was opened in this tab; kept in memory only, for it may name a person. */
export type Recent = { readonly path: string; readonly title: string };

const listeners = new Set<() => void>();
let recent: readonly Recent[] = [];

export const remember = (opened: Recent): void => {
  if (recent[0]?.path === opened.path && recent[0].title === opened.title) return;
  recent = [opened, ...recent.filter(({ path }) => path !== opened.path)].slice(0, 10);
  for (const listener of listeners) listener();
};

export const forgetRecent = (): void => {
  recent = [];
};

export const useRecent = (): readonly Recent[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => recent,
  );
