import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { packedAnswer } from './large-answer.ts';

describe('an answer', () => {
  it('of up to 4 MB leaves as it is', () => {
    const answer = { statusCode: 200, headers: { etag: '"1"' }, body: 'x'.repeat(4 * 1024 * 1024) };
    expect(packedAnswer(answer)).toBe(answer);
    expect(packedAnswer({ statusCode: 304 })).toEqual({ statusCode: 304 });
  });

  it('above 4 MB leaves compressed with its other headers and holds the same text, counted in bytes', () => {
    const body = 'ü'.repeat(2 * 1024 * 1024 + 1);
    const { body: sent = '', ...answer } = packedAnswer({ statusCode: 200, headers: { etag: '"1"' }, body });
    expect(answer).toEqual({ statusCode: 200, headers: { etag: '"1"', 'content-encoding': 'gzip' }, isBase64Encoded: true });
    expect(gunzipSync(Buffer.from(sent, 'base64')).toString('utf8') === body).toBe(true);
  });
});
