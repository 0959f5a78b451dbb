import { createContext, use, useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { tinykeys } from 'tinykeys';
import { usePreferences } from '../app/preferences.ts';

/** A command of a screen: its key, its words, and what it does. The palette and the list of keys show it. */
export type KeyCommand = { readonly keys: string; readonly label: string; readonly run: () => void };

type Lists = readonly (readonly KeyCommand[])[];
type Add = (commands: readonly KeyCommand[]) => () => void;

const ShownContext = createContext<Lists>([]);
const AddContext = createContext<Add | undefined>(undefined);

const isTyping = (event: KeyboardEvent): boolean => {
  const { target } = event;
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName);
};

const isInDialog = (event: KeyboardEvent): boolean => event.target instanceof Element && event.target.closest('[role=dialog]') !== null;

const isLetter = (keys: string): boolean => !/Control|\$mod|Alt|Escape|Enter|Arrow/.test(keys);

export const KeysProvider = ({ children }: { readonly children: ReactNode }) => {
  const [lists, setLists] = useState<Lists>([]);
  const add = useCallback<Add>((commands) => {
    setLists((before) => [...before, commands]);
    return () => setLists((before) => before.filter((each) => each !== commands));
  }, []);
  return (
    <AddContext value={add}>
      <ShownContext value={lists}>{children}</ShownContext>
    </AddContext>
  );
};

export const useKeyCommands = (): readonly KeyCommand[] => use(ShownContext).flat();

/**
 * Binds the commands of a screen while it is shown. Single letters wait while a field has the focus or a dialog is open, and can be
 * switched off altogether.
 */
export const useKeys = (commands: readonly KeyCommand[]): void => {
  const add = use(AddContext);
  const { letterKeys = true } = usePreferences();
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  const signature = commands.map(({ keys, label }) => `${keys} ${label}`).join('\n');
  useEffect(() => {
    const bound = latest.current.filter(({ keys }) => letterKeys || !isLetter(keys));
    const run = (keys: string): void => latest.current.find((command) => command.keys === keys)?.run();
    const forget = add?.(bound.map(({ keys, label }) => ({ keys, label, run: () => run(keys) })));
    const handlers = bound.map(({ keys }): [string, (event: KeyboardEvent) => void] => [
      keys,
      (event) => {
        if (isLetter(keys) && (isTyping(event) || isInDialog(event))) return;
        event.preventDefault();
        run(keys);
      },
    ]);
    const release = tinykeys(window, Object.fromEntries(handlers));
    return () => {
      release();
      forget?.();
    };
  }, [add, letterKeys, signature]);
};
