import type { _Record as SdkRecord } from '@aws-sdk/client-dynamodb-streams';
import { region } from '../place.ts';

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

/** Turns the SDK's values into what travels: bytes as base64, times as seconds since 1970. */
export function toStreamRecord(record: SdkRecord, streamArn: string): StreamRecord {
  const { SequenceNumber = '', Keys, NewImage, OldImage, ApproximateCreationDateTime, SizeBytes, StreamViewType } = record.dynamodb ?? {};
  const created =
    ApproximateCreationDateTime === undefined
      ? {}
      : { ApproximateCreationDateTime: Math.floor(ApproximateCreationDateTime.getTime() / 1000) };
  const images = Object.entries({ Keys, NewImage, OldImage }).flatMap(([name, image]) =>
    image === undefined ? [] : [[name, toImage(image)] as const],
  );
  return {
    eventID: record.eventID,
    eventName: record.eventName,
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: region,
    eventSourceARN: streamArn,
    ...(record.userIdentity === undefined
      ? {}
      : { userIdentity: { type: record.userIdentity.Type, principalId: record.userIdentity.PrincipalId } }),
    dynamodb: { ...created, ...Object.fromEntries(images), SizeBytes, StreamViewType, SequenceNumber },
  };
}

const toImage = (image: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(image).map(([name, attribute]) => [name, toAttribute(attribute)]));

/** An attribute value. DynamoDB Local's streams, unlike DynamoDB's, leave out what an empty map is: `{}` stands for `{ M: {} }`. */
function toAttribute(attribute: unknown): unknown {
  if (typeof attribute !== 'object' || attribute === null) return attribute;
  const [type, value] = Object.entries(attribute)[0] ?? ['M', {}];
  if (value instanceof Uint8Array) return { [type]: base64(value) };
  if (type === 'BS' && Array.isArray(value)) return { BS: value.map(base64) };
  if (type === 'L' && Array.isArray(value)) return { L: value.map(toAttribute) };
  if (type === 'M' && typeof value === 'object' && value !== null) return { M: toImage(value) };
  return { [type]: value };
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
