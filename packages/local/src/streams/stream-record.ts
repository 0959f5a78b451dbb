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
  readonly dynamodb: { readonly SequenceNumber: string; readonly [part: string]: unknown };
};

/** Turns the SDK's values into what travels: bytes as base64, times as seconds since 1970. */
export function toStreamRecord(record: SdkRecord, streamArn: string): StreamRecord {
  const { SequenceNumber = '', ...change } = record.dynamodb ?? {};
  const plain = toPlain(change);
  return {
    eventID: record.eventID,
    eventName: record.eventName,
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: region,
    eventSourceARN: streamArn,
    dynamodb: { ...(typeof plain === 'object' ? plain : {}), SequenceNumber },
  };
}

function toPlain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Date) return Math.floor(value.getTime() / 1000);
  if (Array.isArray(value)) return value.map(toPlain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, part]) => (part === undefined ? [] : [[key, toPlain(part)]])));
}
