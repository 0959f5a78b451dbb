import * as z from 'zod';
import { region } from '../account-and-region.ts';

const image = z.record(z.string(), z.unknown());

/** A change of an item as DynamoDB Streams tell it, as far as it is looked at. */
export const wireRecord = z.object({
  eventID: z.string().optional(),
  eventName: z.string().optional(),
  userIdentity: z.object({ Type: z.string().optional(), PrincipalId: z.string().optional() }).optional(),
  dynamodb: z.looseObject({
    SequenceNumber: z.string(),
    ApproximateCreationDateTime: z.number().optional(),
    Keys: image.optional(),
    NewImage: image.optional(),
    OldImage: image.optional(),
  }),
});
export type WireRecord = z.infer<typeof wireRecord>;

/** A change of an item in the form in which Lambda hands it to a function. */
export type StreamRecord = {
  readonly eventID: string | undefined;
  readonly eventName: string | undefined;
  readonly eventVersion: string;
  readonly eventSource: string;
  readonly awsRegion: string;
  readonly eventSourceARN: string;
  /** Who made the change, where it was DynamoDB itself because the item had expired. */
  readonly userIdentity?: { readonly type: string | undefined; readonly principalId: string | undefined };
  readonly dynamodb: { readonly SequenceNumber: string; readonly [part: string]: unknown };
};

/** Adds what Lambda adds; times are whole seconds since 1970. */
export function toStreamRecord({ eventID, eventName, userIdentity, dynamodb }: WireRecord, streamArn: string): StreamRecord {
  const { ApproximateCreationDateTime: created, Keys, NewImage, OldImage, ...others } = dynamodb;
  const images = Object.entries({ Keys, NewImage, OldImage }).flatMap(([name, found]) =>
    found === undefined ? [] : [[name, toImage(found)] as const],
  );
  return {
    eventID,
    eventName,
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: region,
    eventSourceARN: streamArn,
    ...(userIdentity === undefined ? {} : { userIdentity: { type: userIdentity.Type, principalId: userIdentity.PrincipalId } }),
    dynamodb: {
      ...(created === undefined ? {} : { ApproximateCreationDateTime: Math.floor(created) }),
      ...Object.fromEntries(images),
      ...others,
    },
  };
}

const toImage = (attributes: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(attributes).map(([name, attribute]) => [name, toAttribute(attribute)]));

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An attribute value. DynamoDB Local's streams, unlike DynamoDB's, leave out what an empty map is: `{}` stands for `{ M: {} }`. */
function toAttribute(attribute: unknown): unknown {
  if (!isObject(attribute)) return attribute;
  const [first] = Object.entries(attribute);
  if (first === undefined) return { M: {} };
  const [type, value] = first;
  if (type === 'L' && Array.isArray(value)) return { L: value.map(toAttribute) };
  return type === 'M' && isObject(value) ? { M: toImage(value) } : attribute;
}
