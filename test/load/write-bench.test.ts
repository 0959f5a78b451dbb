import { beforeAll, describe, expect, it } from 'vitest';
import { itemSize, readUnits, writeUnits } from '@meilenstein/runtime/table/item-size';
import { templates } from './templates.ts';
import { writeBench, type Units, type WriteBench } from './write-bench.ts';

const units = ({ writes, indexes }: Units): number => writes + indexes;

describe('the size of a DynamoDB item', () => {
  it.each([
    ['names and strings in UTF-8', { pk: 'a', sk: 'ü' }, 2 + 1 + 2 + 2],
    ['a number as one byte for two digits and one more', { pk: '', sk: '', n: 1234 }, 4 + 1 + 3],
    ['a negative number as another byte', { pk: '', sk: '', n: -5 }, 4 + 1 + 3],
    ['trailing zeros that cost nothing', { pk: '', sk: '', n: 1000 }, 4 + 1 + 2],
    ['null and booleans: one', { pk: '', sk: '', a: null, b: true }, 4 + 2 + 2],
    ['bytes', { pk: '', sk: '', b: new Uint8Array(7) }, 4 + 1 + 7],
    ['a list: three and one for each element', { pk: '', sk: '', l: ['ab', 'c'] }, 4 + 1 + 3 + 2 + 3],
    ['a map: three, and each element with its name', { pk: '', sk: '', m: { ab: 'c' } }, 4 + 1 + 3 + 1 + 3],
    ['nothing for what is undefined', { pk: '', sk: '', u: undefined }, 4],
  ])('counts %s', (_, item, bytes) => {
    expect(itemSize(item)).toBe(bytes);
  });

  it('is billed for each started 1 KB of a write and each started 4 KB of a read', () => {
    expect([0, 1, 1024, 1025].map(writeUnits)).toEqual([1, 1, 1, 2]);
    expect([0, 4096, 4097].map(readUnits)).toEqual([1, 1, 2]);
  });
});

describe('the cost of a new lead', () => {
  let bench: WriteBench;

  beforeAll(async () => {
    bench = await writeBench(templates(), { count: 60, bytes: 2000, shape: 'form' });
  });

  it('includes no write to an item shared by other leads, except the one of its rep', () => {
    expect(bench.hotItems).toEqual([]);
  });

  // What `npm run bench:intake` prints; more than this has to be a decision.
  it('is no more write units than the README says', () => {
    expect(units(bench.intake) + units(bench.reader)).toBeLessThanOrEqual(19);
    const all = [...bench.consumers.values()].reduce((sum, one) => sum + units(one), units(bench.intake) + units(bench.reader));
    expect(all).toBeLessThanOrEqual(28);
  });

  it('counts the cost of every consumer', () => {
    expect(bench.unmeasured).toEqual([]);
  });
});
