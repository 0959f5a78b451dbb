import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { toInstant } from '@meilenstein/kernel';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { dynamoTable } from './dynamo-table.ts';
import { itemBounds, kindOf, largeItem } from './item-bounds.ts';

const documents = mockClient(DynamoDBDocumentClient);
const table = dynamoTable('t', new DynamoDBClient({}), { now: () => toInstant('2026-01-01T00:00:00Z') });

afterEach(() => {
  documents.reset();
  vi.unstubAllEnvs();
});

/** What was written to the log in CloudWatch's metric format while an item of so many bytes was put. */
const countedAt = async (bytes: number): Promise<readonly string[]> => {
  documents.on(PutCommand).resolves({});
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  const lines: string[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  const outcome = await table.transact([{ put: { pk: 'OPPORTUNITY#o1', sk: 'ROW', body: new Uint8Array(bytes) } }]);
  write.mockRestore();
  expect(outcome).toEqual({ done: true });
  return lines.filter((line) => line.includes('LargeItemWritten'));
};

describe('an item that is written', () => {
  it('is counted above 300 KB, and not at 299 KB', async () => {
    expect([await countedAt(largeItem - 1024), (await countedAt(largeItem)).length]).toEqual([[], 1]);
  });
});

describe('the bounds of items', () => {
  it('are all below the size that sets off the alarm', () => {
    expect(itemBounds.filter((one) => one.mostKilobytes * 1024 >= largeItem)).toEqual([]);
  });

  it.each([
    ['COMPANY', 'REP#ann', 'company-part'],
    ['SETTINGS#rates', 'STATE', 'settings'],
    ['TURNS', 'REP#ann', 'rotation-rep'],
    ['TURNS', 'HEAD#rule-1', 'rotation-head'],
    ['LEARNED#MODEL', 'MODEL', 'learned-model'],
    ['EARLIER#week', '2026-03-02#0001', 'earlier-forecasts'],
    ['LEAD#l1', 'STATE', 'lead'],
    ['OPPORTUNITY#o1', 'STATE', 'opportunity'],
    ['OPPORTUNITY#o1', 'ROW', 'subject-row'],
    ['SUBJECT#l1', 'ROW', 'subject-row'],
    ['SUBJECT#target-p-rep-ann', 'ROW', 'received-events'],
    ['PROCESS#p1', 'STATE', 'process'],
    ['PROCESS#p1', 'ROW', 'received-events'],
    ['LEAD#l1', 'COMMIT#0000000001', 'commit'],
    ['FACTS#2026-03-02', 'won#x', 'other'],
  ])('name the item %s / %s %s', (pk, sk, kind) => {
    expect(kindOf({ pk, sk })).toBe(kind);
  });
});
