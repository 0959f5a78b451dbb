import { createHash, randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type Operation, ServiceError } from '../endpoint/json-service.ts';
import { messageAttributesSchema, type Received } from './message.ts';
import type { Queue } from './queue.ts';
import { maxMessageBytes, type Queues } from './queues.ts';

const sendFields = {
  MessageBody: z.string().min(1),
  DelaySeconds: z.number().optional(),
  MessageAttributes: messageAttributesSchema.optional(),
};
const sendSchema = z.object(sendFields);
const batchSchema = z.object({
  Entries: z
    .array(z.looseObject({ Id: z.string() }))
    .min(1)
    .max(10),
});
const receiveSchema = z.object({
  MaxNumberOfMessages: z.number().min(1).max(10).default(1),
  VisibilityTimeout: z.number().optional(),
  WaitTimeSeconds: z.number().default(0),
});

type Found = (input: unknown) => Queue;

/** The API of SQS's standard queues, by target. */
export function queueOperations(queues: Queues, queueUrl: (name: string) => string): Readonly<Record<string, Operation>> {
  const found: Found = (input) => {
    const { QueueUrl } = z.object({ QueueUrl: z.string() }).parse(input);
    return existing(queues, QueueUrl.slice(QueueUrl.lastIndexOf('/') + 1));
  };
  return {
    'AmazonSQS.SendMessage': (input) => send(found(input), input),
    'AmazonSQS.SendMessageBatch': (input) => eachEntry(input, (entry) => send(found(input), entry)),
    'AmazonSQS.ReceiveMessage': (input) => receive(found(input), receiveSchema.parse(input)),
    'AmazonSQS.DeleteMessage': (input) => remove(found(input), input),
    'AmazonSQS.DeleteMessageBatch': (input) => eachEntry(input, (entry) => remove(found(input), entry)),
    'AmazonSQS.ChangeMessageVisibility': (input) => {
      const { ReceiptHandle, VisibilityTimeout } = z.object({ ReceiptHandle: z.string(), VisibilityTimeout: z.number() }).parse(input);
      if (!found(input).putBack(ReceiptHandle, VisibilityTimeout * 1000))
        throw new ServiceError('ReceiptHandleIsInvalid', 'The receipt handle is not valid.');
      return {};
    },
    'AmazonSQS.GetQueueAttributes': (input) => ({ Attributes: attributesOf(found(input)) }),
    'AmazonSQS.GetQueueUrl': (input) => {
      const { QueueName } = z.object({ QueueName: z.string() }).parse(input);
      return { QueueUrl: queueUrl(existing(queues, QueueName).name) };
    },
    'AmazonSQS.ListQueues': (input) => {
      const { QueueNamePrefix = '' } = z.object({ QueueNamePrefix: z.string().optional() }).parse(input);
      return { QueueUrls: queues.all.filter(({ name }) => name.startsWith(QueueNamePrefix)).map(({ name }) => queueUrl(name)) };
    },
    'AmazonSQS.PurgeQueue': (input) => {
      found(input).drain();
      return {};
    },
    'AmazonSQS.StartMessageMoveTask': (input) => {
      const { SourceArn, DestinationArn } = z.object({ SourceArn: z.string(), DestinationArn: z.string().optional() }).parse(input);
      queues.redrive(existing(queues, SourceArn).name, DestinationArn);
      return { TaskHandle: randomUUID() };
    },
  };
}

function existing(queues: Queues, name: string): Queue {
  const queue = queues.find(name);
  if (queue === undefined) throw new ServiceError('com.amazonaws.sqs#QueueDoesNotExist', 'The specified queue does not exist.');
  return queue;
}

function send(queue: Queue, input: unknown) {
  const { MessageBody, DelaySeconds, MessageAttributes } = sendSchema.parse(input);
  if (Buffer.byteLength(MessageBody) > maxMessageBytes) {
    throw new ServiceError(
      'InvalidParameterValue',
      `One or more parameters are invalid. Reason: Message must be shorter than ${maxMessageBytes} bytes.`,
    );
  }
  const { id } = queue.send(MessageBody, {
    ...(MessageAttributes === undefined ? {} : { attributes: MessageAttributes }),
    ...(DelaySeconds === undefined ? {} : { delayMillis: DelaySeconds * 1000 }),
  });
  return { MessageId: id, MD5OfMessageBody: md5(MessageBody) };
}

async function receive(queue: Queue, { MaxNumberOfMessages, VisibilityTimeout, WaitTimeSeconds }: z.infer<typeof receiveSchema>) {
  const holdMillis = VisibilityTimeout === undefined ? queue.visibilityMillis : VisibilityTimeout * 1000;
  const deadline = Date.now() + WaitTimeSeconds * 1000;
  let messages = queue.receive(MaxNumberOfMessages, holdMillis);
  while (messages.length === 0 && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 50).unref());
    messages = queue.receive(MaxNumberOfMessages, holdMillis);
  }
  return messages.length === 0 ? {} : { Messages: messages.map((received) => toAnswer(received)) };
}

function toAnswer({ receipt, message }: Received) {
  return {
    MessageId: message.id,
    ReceiptHandle: receipt,
    Body: message.body,
    MD5OfBody: md5(message.body),
    Attributes: systemAttributes(message),
    MessageAttributes: message.attributes,
  };
}

/** What SQS itself knows about a message, all as text. */
export function systemAttributes({
  sentAt,
  receiveCount,
  firstReceivedAt,
  deadLetterSource,
}: Received['message']): Readonly<Record<string, string>> {
  return {
    SenderId: 'local',
    SentTimestamp: String(sentAt),
    ApproximateReceiveCount: String(receiveCount),
    ApproximateFirstReceiveTimestamp: String(firstReceivedAt ?? sentAt),
    ...(deadLetterSource === undefined ? {} : { DeadLetterQueueSourceArn: deadLetterSource }),
  };
}

export const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

function remove(queue: Queue, input: unknown) {
  queue.remove(z.object({ ReceiptHandle: z.string() }).parse(input).ReceiptHandle);
  return {};
}

function eachEntry(input: unknown, run: (entry: unknown) => object) {
  const { Entries } = batchSchema.parse(input);
  const results = Entries.map((entry) => {
    try {
      return { Id: entry.Id, output: run(entry) };
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      return { Id: entry.Id, failure: error };
    }
  });
  return {
    Successful: results.flatMap(({ Id, output }) => (output === undefined ? [] : [{ Id, ...output }])),
    Failed: results.flatMap(({ Id, failure }) =>
      failure === undefined ? [] : [{ Id, Code: failure.code, Message: failure.message, SenderFault: true }],
    ),
  };
}

function attributesOf(queue: Queue): Readonly<Record<string, string>> {
  const { visible, inFlight, delayed } = queue.counts();
  return {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    VisibilityTimeout: String(queue.visibilityMillis / 1000),
    ...(queue.redrive === undefined
      ? {}
      : {
          RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queue.redrive.target.arn, maxReceiveCount: queue.redrive.maxReceiveCount }),
        }),
  };
}
