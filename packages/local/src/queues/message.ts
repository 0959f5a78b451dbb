import * as z from 'zod';

export const messageAttributesSchema = z.record(
  z.string(),
  z.object({ DataType: z.string(), StringValue: z.string().optional(), BinaryValue: z.string().optional() }),
);

/** Attributes by name; binary values in base64. */
export type MessageAttributes = z.infer<typeof messageAttributesSchema>;

export const messageSchema = z.object({
  id: z.string(),
  body: z.string(),
  attributes: messageAttributesSchema,
  /** Milliseconds since 1970, as the two below. */
  sentAt: z.number(),
  firstReceivedAt: z.number().optional(),
  visibleAt: z.number(),
  receiveCount: z.number(),
  /** ARN of the queue from which a dead letter came. */
  deadLetterSource: z.string().optional(),
});

/** A message as a queue keeps it, in memory and on disk. */
export type Message = z.infer<typeof messageSchema>;

/** A received message until it is deleted or put back. */
export type Received = { readonly receipt: string; readonly message: Message };
