import { failureOf, type Failure } from '../api/problem.ts';
import type { CommandStore } from './command-store.ts';
import { dueCommands, expectVersion, moveOn, type HeldCommand } from './held-commands.ts';
import { judgeConflict } from './judge-conflict.ts';

/** What came of a command, for the toasts. */
export type Outcome = 'done' | 'done-already' | 'sent-again';

export type CommandPort = {
  /** sends a command under its idempotency key */
  readonly send: (command: HeldCommand) => Promise<{ readonly etag: string | null }>;
  /** the entity as it is now, with its version; undefined where a command has none */
  readonly readEntity: (command: HeldCommand) => Promise<{ readonly body: unknown; readonly version: string } | undefined>;
  /** the entity as the person saw it */
  readonly seenEntity: (command: HeldCommand) => unknown;
  /** reads again whatever shows the entity; resolves once it has come */
  readonly refresh: (command: HeldCommand) => Promise<void>;
  readonly tell: (command: HeldCommand, outcome: Outcome) => void;
};

/** The version in a tag: `"7.x4k"` is 7. */
export const versionIn = (etag: string | null): string | undefined => /^(?:W\/)?"?(\d+)/.exec(etag ?? '')?.[1];

const afterConflict = async (command: HeldCommand, failure: Failure, port: CommandPort): Promise<Outcome | Failure> => {
  const now = await port.readEntity(command);
  if (now === undefined) return failure;
  const judgement = judgeConflict(command.key, command.request.body, { before: port.seenEntity(command), now: now.body });
  if (judgement === 'done-already') return 'done-already';
  if (judgement === 'decide-again') return failure;
  try {
    await port.send({ ...command, id: `${command.id}-again`, request: { ...command.request, ifMatch: now.version } });
    return 'sent-again';
  } catch (error) {
    return failureOf(error);
  }
};

const sendOne = async (store: CommandStore, port: CommandPort, command: HeldCommand): Promise<void> => {
  store.change((queue) => moveOn(queue, command.id, { state: 'sending' }));
  const outcome = await port.send(command).then(
    ({ etag }): Outcome => {
      const version = versionIn(etag);
      if (version !== undefined) store.change((queue) => expectVersion(queue, command.entity, version));
      return 'done';
    },
    (error: unknown): Promise<Outcome | Failure> | Failure => {
      const failure = failureOf(error);
      return failure.status === 412 ? afterConflict(command, failure, port) : failure;
    },
  );
  if (typeof outcome !== 'string') {
    store.change((queue) => moveOn(queue, command.id, { state: 'failed', failure: outcome }));
    return;
  }
  store.change((queue) => moveOn(queue, command.id, { state: 'settling' }));
  await port.refresh(command).catch(() => undefined);
  store.change((queue) => moveOn(queue, command.id, { state: 'done' }));
  port.tell(command, outcome);
};

/** Sends everything whose time has come. */
export const sendDue = async (store: CommandStore, port: CommandPort, now: number): Promise<void> => {
  const due = dueCommands(store.read(), now);
  await Promise.all(due.map((command) => sendOne(store, port, command)));
};
