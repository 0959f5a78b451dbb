import { SendMessageBatchCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** Sends messages to queues by URL. */
export type Queues = {
  /** `reason` says why a message lies in a dead-letter queue */
  readonly send: (queueUrl: string, body: string, reason?: string) => Promise<void>;
  /** a message that arrives after some seconds, 900 at most */
  readonly sendLater: (queueUrl: string, body: string, seconds: number) => Promise<void>;
  /** any number of messages; throws if one was not accepted */
  readonly sendMany: (queueUrl: string, bodies: readonly string[]) => Promise<void>;
};

/** SQS. */
export const sqsQueues = (client: SQSClient): Queues => ({
  send: async (queueUrl, body, reason) => {
    const attributes =
      reason === undefined ? {} : { MessageAttributes: { reason: { DataType: 'String', StringValue: reason.slice(0, 500) } } };
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body, ...attributes }));
  },
  sendLater: async (queueUrl, body, seconds) => {
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body, DelaySeconds: seconds }));
  },
  sendMany: async (queueUrl, bodies) => {
    for (let from = 0; from < bodies.length; from += 10) {
      const entries = bodies.slice(from, from + 10).map((body, index) => ({ Id: String(index), MessageBody: body }));
      const answer = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }));
      const failed = answer.Failed?.[0];
      if (failed !== undefined)
        throw new Error(`message ${from + Number(failed.Id)} was not accepted by the queue: ${failed.Code ?? 'unknown'}`);
    }
  },
});
