import { describe, expect, it } from 'vitest';
import { toStreamRecord, wireRecord } from './stream-record.ts';

const recordOf = (dynamodb: object, more: object = {}) =>
  toStreamRecord(
    wireRecord.parse({ eventID: 'e', eventName: 'MODIFY', eventVersion: '1.0', dynamodb: { SequenceNumber: '7', ...dynamodb }, ...more }),
    'arn:stream',
  );

describe('a record of a stream, as Lambda hands it over', () => {
  it('keeps the images in wire format, and times in whole seconds', () => {
    const NewImage = {
      pk: { S: 'a' },
      bytes: { B: 'AQI=' },
      list: { L: [{ N: '1' }, { M: { deep: { BOOL: true } } }] },
      nothing: { NULL: true },
    };
    expect(recordOf({ ApproximateCreationDateTime: 1_772_000_000.75, Keys: { pk: { S: 'a' } }, NewImage, SizeBytes: 9 })).toEqual({
      eventID: 'e',
      eventName: 'MODIFY',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'eu-central-1',
      eventSourceARN: 'arn:stream',
      dynamodb: { SequenceNumber: '7', ApproximateCreationDateTime: 1_772_000_000, Keys: { pk: { S: 'a' } }, NewImage, SizeBytes: 9 },
    });
  });

  it('fills in what DynamoDB Local leaves out of an empty map, however deep', () => {
    const { dynamodb } = recordOf({ NewImage: { map: {}, inside: { M: { map: {} } }, list: { L: [{}] } } });
    expect(dynamodb['NewImage']).toEqual({ map: { M: {} }, inside: { M: { map: { M: {} } } }, list: { L: [{ M: {} }] } });
  });

  it('names DynamoDB itself where an item expired', () => {
    expect(recordOf({}, { userIdentity: { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' } }).userIdentity).toEqual({
      type: 'Service',
      principalId: 'dynamodb.amazonaws.com',
    });
  });
});
