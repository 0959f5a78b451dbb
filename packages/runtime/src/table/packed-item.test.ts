import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packed, unpacked } from './packed-item.ts';

const long = { text: 'as somebody wrote it, and wrote it again. '.repeat(40), list: [1, -2.5, null, true, { deep: 'ü' }] };

describe('a packed item', () => {
  it('comes back as it was put', () => {
    fc.assert(
      fc.property(fc.json(), fc.json(), fc.constantFrom('STATE', 'COMMIT#0000000001'), (state, events, sk) => {
        const item = { pk: 'LEAD#1', sk, version: 3, state: JSON.parse(state), events: JSON.parse(events), gsi1pk: 'OWNER#ann' };
        expect(unpacked(packed(item))).toEqual(item);
        const large = { ...item, state: { ...long, more: item.state } };
        expect(unpacked(packed(large))).toEqual(large);
      }),
    );
  });

  it('is smaller, and shows neither state nor confidential parts', () => {
    const item = packed({ pk: 'LEAD#1', sk: 'STATE', version: 1, state: long, parts: { 1: long } });
    expect(item['state']).toBeInstanceOf(Uint8Array);
    expect(item['packed']).toEqual(['state', 'parts']);
    const size = [item['state'], item['parts']].reduce((sum: number, one) => sum + (one instanceof Uint8Array ? one.length : 0), 0);
    expect(size).toBeLessThan(JSON.stringify(long).length);
  });

  it('comes back from a stream, where bytes are text', () => {
    const item = { pk: 'LEAD#1', sk: 'COMMIT#0000000001', events: [long] };
    const { events, ...rest } = packed(item);
    expect(
      unpacked({ ...rest, pk: item.pk, sk: item.sk, events: events instanceof Uint8Array ? Buffer.from(events).toString('base64') : '' }),
    ).toEqual(item);
  });

  it('leaves small attributes readable, and those that conditions, indexes and filters use', () => {
    expect(packed({ pk: 'a', sk: 'b', state: long, version: 2, gsi1pk: 'c', expiresAt: 7 })).toMatchObject({
      pk: 'a',
      sk: 'b',
      version: 2,
      gsi1pk: 'c',
      expiresAt: 7,
    });
    const small = { pk: 'LEAD#1', sk: 'STATE', state: { status: 'new' } };
    expect(packed(small)).toEqual(small);
    const bytes = { pk: 'SUBMISSION#1', sk: 'RAW', body: new Uint8Array(2000) };
    expect(packed(bytes)).toEqual(bytes);
  });
});
