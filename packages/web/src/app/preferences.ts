import type { Language } from '@meilenstein/kernel';
import { useSyncExternalStore } from 'react';

/** What a person chose about the page on this device; nothing personal, so it may be kept. */
export type Preferences = {
  readonly language?: Language;
  readonly appearance?: 'light' | 'dark' | 'system';
  readonly density?: 'dense' | 'roomy';
  /** single letters as commands; WCAG 2.1.4 wants a way to switch them off */
  readonly letterKeys?: boolean;
  /** the section that was chosen last as the first one */
  readonly start?: string;
};

const name = 'meilenstein.preferences';
const listeners = new Set<() => void>();

const isOneOf = <Value extends string>(values: readonly Value[], value: unknown): value is Value => values.some((each) => each === value);

/** Reads what may have been written by another version of the page: what is not understood is left out. */
export const preferencesIn = (text: string | null): Preferences => {
  const read = ((): Readonly<Record<string, unknown>> => {
    try {
      return JSON.parse(text ?? '{}') ?? {};
    } catch {
      return {};
    }
  })();
  return {
    ...(isOneOf(['de', 'en'], read['language']) ? { language: read['language'] } : {}),
    ...(isOneOf(['light', 'dark', 'system'], read['appearance']) ? { appearance: read['appearance'] } : {}),
    ...(isOneOf(['dense', 'roomy'], read['density']) ? { density: read['density'] } : {}),
    ...(typeof read['letterKeys'] === 'boolean' ? { letterKeys: read['letterKeys'] } : {}),
    ...(typeof read['start'] === 'string' ? { start: read['start'] } : {}),
  };
};

const stored = (): Preferences => {
  try {
    return preferencesIn(localStorage.getItem(name));
  } catch {
    return {};
  }
};

let current = stored();

const show = ({ appearance, density }: Preferences): void => {
  const { dataset } = document.documentElement;
  if (appearance === 'light' || appearance === 'dark') dataset['appearance'] = appearance;
  else delete dataset['appearance'];
  if (density === 'dense') dataset['density'] = density;
  else delete dataset['density'];
};

export const changePreferences = (changed: Preferences): void => {
  current = { ...current, ...changed };
  try {
    localStorage.setItem(name, JSON.stringify(current));
  } catch {
    // A browser that keeps nothing still shows it until the tab is closed.
  }
  show(current);
  for (const listener of listeners) listener();
};

export const preferences = (): Preferences => current;

export const usePreferences = (): Preferences =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
