import { createContext, use, useCallback, useSyncExternalStore } from 'react';
import type { CommandKey, Request } from '../api/routes.ts';
import type { CommandStore } from './command-store.ts';
import { nowMillis } from '../format/days.ts';
import { hold, patched, type Command, type HeldCommands } from './held-commands.ts';

export const CommandsContext = createContext<CommandStore | undefined>(undefined);

const useStore = (): CommandStore => {
  const store = use(CommandsContext);
  if (store === undefined) throw new Error('commands are given outside of CommandsContext');
  return store;
};

export const useHeldCommands = (): HeldCommands => {
  const store = useStore();
  return useSyncExternalStore(store.listen, store.read);
};

type Given<Key extends CommandKey> = Pick<Command, 'entity' | 'patch' | 'message'> & { readonly key: Key; readonly request: Request<Key> };

/** Gives a command of any route; for those who have checked its parts themselves. */
export const useGiveCommand = (): ((given: Omit<Command, 'id'>) => void) => {
  const store = useStore();
  return useCallback((given) => store.change((queue) => hold(queue, { id: crypto.randomUUID(), ...given }, nowMillis())), [store]);
};

/** Gives a command: it is shown at once, can be taken back for six seconds, and is then sent. */
export const useGive = (): (<Key extends CommandKey>(given: Given<Key>) => void) => useGiveCommand();

/** Shows an entity as it will be, with all commands that are not answered yet. */
export const usePatched = (): (<Value extends object>(entity: string, value: Value) => Value) => {
  const queue = useHeldCommands();
  return (entity, value) => patched(queue, entity, value);
};

export const useCommandStore = useStore;
