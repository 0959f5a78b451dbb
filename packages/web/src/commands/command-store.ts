import type { HeldCommand, HeldCommands } from './held-commands.ts';

/** Holds the commands of this tab, tells who listens, and keeps them over a reload. */
export type CommandStore = {
  readonly read: () => HeldCommands;
  readonly change: (next: (queue: HeldCommands) => HeldCommands) => void;
  readonly listen: (listener: () => void) => () => void;
};

type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const name = 'meilenstein.commands';

// What a former page left behind is sent at once: its time has passed, and its key makes sure that it happens once.
const left = (storage: Kept): HeldCommands => {
  try {
    const read: readonly HeldCommand[] = JSON.parse(storage.getItem(name) ?? '[]');
    return read.map(({ id, key, request, entity, patch, message }) => ({
      id,
      key,
      request,
      entity,
      patch,
      message,
      state: 'held',
      until: 0,
    }));
  } catch {
    return [];
  }
};

export const commandStore = (storage: Kept): CommandStore => {
  const listeners = new Set<() => void>();
  let queue = left(storage);
  return {
    read: () => queue,
    change: (next) => {
      queue = next(queue);
      const unsent = queue.filter(({ state }) => state === 'held' || state === 'sending');
      if (unsent.length === 0) storage.removeItem(name);
      else storage.setItem(name, JSON.stringify(unsent));
      for (const listener of listeners) listener();
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
