import { describe, expect, it } from 'vitest';
import { answerChange } from './answer-change.ts';

const answer = ({ version }: { readonly version: number }) => ({ status: 200, etag: String(version) });

describe('answerChange', () => {
  it('answers with what the route makes of the change', () => {
    expect(answerChange({ changed: { version: 3 } }, answer)).toEqual({ status: 200, etag: '3' });
  });

  it('passes on the refusal of the rule', () => {
    const refused = { code: 'jar-is-full', message: 'the jar holds 100' };
    expect(answerChange({ refused }, answer)).toEqual({ refused });
  });

  it.each([
    ['a version that is no longer current', { stale: 4 }],
    ['a claim that another aggregate holds', { taken: { kind: 'key', value: 'k' } }],
  ])('answers version-conflict to %s', (_, result) => {
    expect(answerChange(result, answer)).toMatchObject({ refused: { code: 'version-conflict' } });
  });
});
