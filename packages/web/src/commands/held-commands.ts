import type { Failure } from '../api/problem.ts';
import type { CommandKey } from '../api/routes.ts';
import type { MessageText } from './message-text.ts';

/** How long a command can be taken back before it is sent. */
export const holdMillis = 6000;

/** How long at most, for whoever reads it with the pointer or the focus on it: a pointer that was left there must not keep it for ever. */
export const longestHoldMillis = 60_000;

/** A command that somebody gave: an intent, with the version that they saw. */
export type Command = {
  /** the idempotency key: sending twice does it once */
  readonly id: string;
  readonly key: CommandKey;
  readonly request: { readonly path?: unknown; readonly body?: unknown; readonly ifMatch?: string };
  /** what it changes, such as `opportunity:opp-7` */
  readonly entity: string;
  /** fields of the entity as they will be; screens show them until the answer is there */
  readonly patch: Readonly<Record<string, unknown>>;
  /** the sentence of the toast, and what stands in it */
  readonly message: { readonly text: MessageText; readonly values?: Readonly<Record<string, string>> };
};

/**
 * - `held`: can be taken back until `until`
 * - `sending`: is on its way
 * - `settling`: was done; the screens read what is true now
 * - `failed`: was refused or got no answer, and waits for the person
 */
export type HeldCommand = Command &
  (
    | { readonly state: 'held'; readonly until: number }
    | { readonly state: 'sending' | 'settling' }
    | { readonly state: 'failed'; readonly failure: Failure }
  );

export type HeldCommands = readonly HeldCommand[];

export const hold = (queue: HeldCommands, command: Command, now: number): HeldCommands => [
  ...queue,
  { ...command, state: 'held', until: now + holdMillis },
];

/** Takes a command back; one that is on its way cannot be. */
export const takeBack = (queue: HeldCommands, id: string): HeldCommands =>
  queue.filter((command) => command.id !== id || (command.state !== 'held' && command.state !== 'failed'));

/** The one that `Ctrl Z` takes back: the last that still can be. */
export const lastHeld = (queue: HeldCommands): HeldCommand | undefined => queue.findLast((command) => command.state === 'held');

/** Commands on one entity go one after the other, so that each knows the version that the one before has made. */
export const dueCommands = (queue: HeldCommands, now: number): HeldCommands =>
  queue.filter(
    (command, index) =>
      command.state === 'held' &&
      command.until <= now &&
      !queue.slice(0, index).some((earlier) => earlier.entity === command.entity && earlier.state !== 'failed'),
  );

/** Gives a command another state; the others stay as they are. */
export const moveOn = (
  queue: HeldCommands,
  id: string,
  next: { readonly state: 'sending' | 'settling' } | { readonly state: 'failed'; readonly failure: Failure } | { readonly state: 'done' },
): HeldCommands =>
  queue.flatMap((command): HeldCommands => {
    if (command.id !== id) return [command];
    const { id: same, key, request, entity, patch, message } = command;
    return next.state === 'done' ? [] : [{ id: same, key, request, entity, patch, message, ...next }];
  });

/** Holds a command while somebody reads its toast, and lets it go afterwards. */
export const keepUntil = (queue: HeldCommands, id: string, until: number): HeldCommands =>
  queue.map((command) => (command.id === id && command.state === 'held' ? { ...command, until } : command));

/** The version that later commands on the same entity expect once one of them has changed it. */
export const expectVersion = (queue: HeldCommands, entity: string, version: string): HeldCommands =>
  queue.map((command) =>
    command.entity === entity && command.state === 'held' ? { ...command, request: { ...command.request, ifMatch: version } } : command,
  );

/** What an entity looks like with everything that was asked of it and is not answered yet. */
export const patched = <Value extends object>(queue: HeldCommands, entity: string, value: Value): Value =>
  queue
    .filter((command) => command.entity === entity && command.state !== 'failed')
    .reduce((shown, { patch }) => ({ ...shown, ...patch }), value);
