import { randomUUID } from 'node:crypto';
import type { BusEvent } from '../bus/event-bus.ts';
import { accountId } from '../account-and-region.ts';
import type { ObjectFacts } from './object-store.ts';

export type Reason = 'PutObject' | 'CopyObject' | 'CompleteMultipartUpload';

let lastSequencer = 0;

/** The event that S3 puts on the default bus for a new object. */
export function objectCreated(
  bucket: string,
  key: string,
  facts: ObjectFacts & { readonly isVersioned: boolean },
  reason: Reason,
): BusEvent {
  lastSequencer = Math.max(lastSequencer + 1, Date.now() * 1000);
  return {
    source: 'aws.s3',
    detailType: 'Object Created',
    resources: [`arn:aws:s3:::${bucket}`],
    detail: {
      version: '0',
      bucket: { name: bucket },
      object: {
        key,
        size: facts.size,
        etag: facts.etag,
        ...(facts.isVersioned ? { 'version-id': facts.versionId } : {}),
        sequencer: lastSequencer.toString(16).toUpperCase().padStart(18, '0'),
      },
      'request-id': randomUUID(),
      requester: accountId,
      'source-ip-address': '127.0.0.1',
      reason,
    },
  };
}
