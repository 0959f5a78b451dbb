import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type Message, messageSchema } from './message.ts';

/** What a queue holds, on disk as soon as it holds it: after a kill, too, every message that nobody deleted comes again. */
export type QueueJournal = {
  /** what was held when it was opened, oldest first */
  readonly messages: readonly Message[];
  readonly keep: (message: Message) => void;
  readonly forget: (id: string) => void;
  readonly close: () => void;
};

const line = z.union([z.object({ put: messageSchema }), z.object({ gone: z.string() })]);

const readLines = (file: string): readonly z.infer<typeof line>[] => {
  if (!existsSync(file)) return [];
  // What follows the last line break was being written when the process was killed: nobody was told that it is kept.
  const whole = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  try {
    return whole.map((text) => line.parse(JSON.parse(text)));
  } catch (error) {
    throw new Error(`${file}: cannot be read; remove it to start with an empty queue`, { cause: error });
  }
};

/** As earlier versions left it, which wrote a queue to disk only when they were stopped. */
const readOlder = (file: string): readonly Message[] =>
  existsSync(file) ? z.array(messageSchema).parse(JSON.parse(readFileSync(file, 'utf8'))) : [];

const held = (older: readonly Message[], lines: readonly z.infer<typeof line>[]): readonly Message[] => {
  const messages = new Map(older.map((message) => [message.id, message]));
  for (const one of lines) {
    if ('put' in one) messages.set(one.put.id, one.put);
    else messages.delete(one.gone);
  }
  return [...messages.values()].toSorted((a, b) => a.sentAt - b.sentAt);
};

const text = (one: z.input<typeof line>): string => `${JSON.stringify(one)}\n`;

/** Opens the journal of a queue in a folder; lines that no longer matter are left out from then on. */
export function openJournal(folder: string, queueName: string): QueueJournal {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${queueName}.ndjson`);
  const older = join(folder, `${queueName}.json`);
  const messages = held(readOlder(older), readLines(file));
  // Written beside and renamed, so that a kill in between leaves the old one.
  writeFileSync(`${file}.new`, messages.map((put) => text({ put })).join(''));
  renameSync(`${file}.new`, file);
  rmSync(older, { force: true });
  let handle: number | undefined = openSync(file, 'a');
  // What ends after the queues were stopped is not written down: it comes again.
  const write = (one: z.input<typeof line>): void => {
    if (handle !== undefined) writeSync(handle, text(one));
  };
  return {
    messages,
    keep: (put) => write({ put }),
    forget: (gone) => write({ gone }),
    close: () => {
      if (handle !== undefined) closeSync(handle);
      handle = undefined;
    },
  };
}
