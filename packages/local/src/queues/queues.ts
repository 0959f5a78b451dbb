import type { System } from '../assembly/system.ts';
import { DeliveryFailure } from '../bus/rule-delivery.ts';
import { arnOf, nameInArn } from '../account-and-region.ts';
import type { Message, MessageAttributes } from './message.ts';
import { openJournal } from './queue-journal.ts';
import { createQueue, type Queue } from './queue.ts';

/** The queues of the system. */
export type Queues = {
  readonly all: readonly Queue[];
  /** @throws when there is none of that name or ARN */
  readonly named: (nameOrArn: string) => Queue;
  readonly find: (nameOrArn: string) => Queue | undefined;
  /** Sends as the bus does. @throws {DeliveryFailure} */
  readonly deliver: (arn: string, body: string, attributes?: MessageAttributes) => void;
  /** Moves visible dead letters back to where they came from, or to `destination`. @returns how many */
  readonly redrive: (deadLetterQueue: string, destination?: string) => number;
  /** Ends all timers; given a folder, the messages are there for the next start. */
  readonly stop: () => void;
};

type SystemResource = System['queues'][number];

export const maxMessageBytes = 1_048_576;

/** @param folder where messages outlive a stop or a kill; nothing is kept without one */
export function createQueues(described: readonly SystemResource[], folder: string | undefined): Queues {
  const queues = new Map<string, Queue>();
  for (const each of described) build(each, { all: described, queues, folder }, []);
  const find = (nameOrArn: string): Queue | undefined => queues.get(nameInArn(nameOrArn));
  const named = (nameOrArn: string): Queue => {
    const queue = find(nameOrArn);
    if (queue === undefined) throw new Error(`${nameOrArn}: no such queue; there are ${[...queues.keys()].join(', ')}`);
    return queue;
  };
  return {
    all: [...queues.values()],
    named,
    find,
    deliver: (arn, body, attributes = {}) => {
      const queue = find(arn);
      if (queue === undefined) throw new DeliveryFailure('NO_RESOURCE', `The queue ${arn} does not exist.`, false);
      if (Buffer.byteLength(body) > maxMessageBytes)
        throw new DeliveryFailure('INVALID_PARAMETER', 'The message is longer than 1 MB.', false);
      queue.send(body, { attributes });
    },
    redrive: (deadLetterQueue, destination) => {
      // The destination of each is found before any is taken out: a message without one must stay.
      const letters = named(deadLetterQueue);
      const homes = new Map(letters.messages().map((message) => [message.id, named(destination ?? origin(message))]));
      const messages = letters.drain();
      for (const message of messages) homes.get(message.id)?.accept({ ...message, visibleAt: 0, receiveCount: 0 });
      return messages.length;
    },
    stop: () => {
      for (const queue of queues.values()) queue.stop();
    },
  };
}

/** A dead letter names the queue it was received from too often; one of a rule names the target it could not reach. */
function origin(message: Message): string {
  const source = message.deadLetterSource ?? message.attributes['TARGET_ARN']?.StringValue;
  if (source === undefined) throw new Error(`message ${message.id} does not say where it came from; name a destination`);
  return source;
}

type Built = { readonly all: readonly SystemResource[]; readonly queues: Map<string, Queue>; readonly folder: string | undefined };

function build(described: SystemResource, built: Built, trail: readonly string[]): Queue {
  const { all, queues, folder } = built;
  const { path, name, properties } = described;
  const existing = queues.get(name);
  if (existing !== undefined) return existing;
  if (trail.includes(name)) throw new Error(`${path}: dead-letter queues refer to each other in a circle`);
  const policy = properties.RedrivePolicy;
  const target = all.find((each) => each.name === nameInArn(policy?.deadLetterTargetArn ?? ''));
  if (policy !== undefined && target === undefined)
    throw new Error(`${path}: the dead-letter queue ${policy.deadLetterTargetArn} does not exist`);
  const queue = createQueue({
    name,
    arn: arnOf('sqs', name),
    visibilityMillis: properties.VisibilityTimeout * 1000,
    retentionMillis: properties.MessageRetentionPeriod * 1000,
    delayMillis: properties.DelaySeconds * 1000,
    journal: folder === undefined ? undefined : openJournal(folder, name),
    redrive:
      policy === undefined || target === undefined
        ? undefined
        : { target: build(target, built, [...trail, name]), maxReceiveCount: policy.maxReceiveCount },
  });
  queues.set(name, queue);
  return queue;
}
