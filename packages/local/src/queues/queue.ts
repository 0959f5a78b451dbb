import { randomUUID } from 'node:crypto';
import type { Message, MessageAttributes, Received } from './message.ts';
import type { QueueJournal } from './queue-journal.ts';

/** A standard queue. */
export type Queue = {
  readonly name: string;
  readonly arn: string;
  readonly visibilityMillis: number;
  readonly redrive: RedrivePolicy | undefined;
  readonly send: (body: string, options?: SendOptions) => Message;
  /** Takes up to `count` visible messages; they come back after `holdMillis` unless deleted (never by themselves when it is not given). */
  readonly receive: (count: number, holdMillis?: number) => readonly Received[];
  /** @returns false when the receipt is not, or no longer, valid */
  readonly remove: (receipt: string) => boolean;
  /** Lets a received message be seen again after a while, or become a dead letter when it was received too often. */
  readonly putBack: (receipt: string, afterMillis: number) => boolean;
  readonly accept: (message: Message) => void;
  readonly counts: () => { readonly visible: number; readonly inFlight: number; readonly delayed: number };
  /** How many messages came in or left so far. */
  readonly moved: () => number;
  /** Everything it holds, oldest first. */
  readonly messages: () => readonly Message[];
  /** Removes and returns what is visible. */
  readonly drain: () => readonly Message[];
  readonly onVisible: (listener: () => void) => void;
  readonly stop: () => void;
};

type RedrivePolicy = { readonly target: Queue; readonly maxReceiveCount: number };
type SendOptions = { readonly attributes?: MessageAttributes; readonly delayMillis?: number };

type Settings = {
  readonly name: string;
  readonly arn: string;
  readonly visibilityMillis: number;
  readonly retentionMillis: number;
  readonly delayMillis: number;
  readonly redrive?: RedrivePolicy | undefined;
  /** where messages outlive the process */
  readonly journal?: QueueJournal | undefined;
};

type InFlight = { readonly message: Message; readonly timer: NodeJS.Timeout | undefined };

export function createQueue(settings: Settings): Queue {
  const { redrive, journal } = settings;
  const visible: Message[] = [];
  const delayed = new Map<Message, NodeJS.Timeout>();
  const inFlight = new Map<string, InFlight>();
  const listeners: (() => void)[] = [];
  let moved = 0;

  const show = (message: Message): void => {
    delayed.delete(message);
    visible.push(message);
    for (const listener of listeners) listener();
  };
  const place = (message: Message): void => {
    const wait = message.visibleAt - Date.now();
    if (wait <= 0) show(message);
    else delayed.set(message, setTimeout(() => show(message), wait).unref());
  };
  const accept = (message: Message): void => {
    journal?.keep(message);
    place(message);
  };
  const comeBack = (message: Message, afterMillis: number): void => {
    if (redrive !== undefined && message.receiveCount >= redrive.maxReceiveCount) {
      moved += 1;
      redrive.target.accept({ ...message, receiveCount: 0, visibleAt: 0, deadLetterSource: settings.arn });
      journal?.forget(message.id);
    } else accept({ ...message, visibleAt: Date.now() + afterMillis });
  };
  const release = (receipt: string): Message | undefined => {
    const held = inFlight.get(receipt);
    clearTimeout(held?.timer);
    inFlight.delete(receipt);
    return held?.message;
  };
  const putBack = (receipt: string, afterMillis: number): boolean => {
    const message = release(receipt);
    if (message !== undefined) comeBack(message, afterMillis);
    return message !== undefined;
  };
  const take = (holdMillis: number | undefined): Received | undefined => {
    const message = visible.shift();
    if (message === undefined) return undefined;
    const now = Date.now();
    if (message.sentAt + settings.retentionMillis < now) {
      journal?.forget(message.id);
      return take(holdMillis);
    }
    const receipt = randomUUID();
    const received = { ...message, receiveCount: message.receiveCount + 1, firstReceivedAt: message.firstReceivedAt ?? now };
    const timer = holdMillis === undefined ? undefined : setTimeout(() => putBack(receipt, 0), holdMillis).unref();
    inFlight.set(receipt, { message: received, timer });
    return { receipt, message: received };
  };
  for (const message of journal?.messages ?? []) place(message);
  return {
    name: settings.name,
    arn: settings.arn,
    visibilityMillis: settings.visibilityMillis,
    redrive,
    accept,
    putBack,
    send: (body, { attributes = {}, delayMillis = settings.delayMillis } = {}) => {
      const now = Date.now();
      const message: Message = { id: randomUUID(), body, attributes, sentAt: now, visibleAt: now + delayMillis, receiveCount: 0 };
      moved += 1;
      accept(message);
      return message;
    },
    receive: (count, holdMillis) =>
      Array.from({ length: Math.min(count, visible.length) }, () => take(holdMillis)).filter((each) => each !== undefined),
    remove: (receipt) => {
      const message = release(receipt);
      if (message === undefined) return false;
      moved += 1;
      journal?.forget(message.id);
      return true;
    },
    moved: () => moved,
    counts: () => ({ visible: visible.length, inFlight: inFlight.size, delayed: delayed.size }),
    messages: () =>
      [...[...inFlight.values()].map(({ message }) => message), ...visible, ...delayed.keys()].toSorted((a, b) => a.sentAt - b.sentAt),
    drain: () => {
      const drained = visible.splice(0);
      for (const { id } of drained) journal?.forget(id);
      return drained;
    },
    onVisible: (listener) => listeners.push(listener),
    stop: () => {
      for (const timer of delayed.values()) clearTimeout(timer);
      for (const { timer } of inFlight.values()) clearTimeout(timer);
      listeners.length = 0;
      journal?.close();
    },
  };
}
