import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareTexts, textAfter } from './text-order.ts';

const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 5 });

it('the upper bound of a prefix sorts after every text that begins with it and before every later text', () => {
  fc.assert(
    fc.property(text, text, (prefix, other) => {
      const after = textAfter(prefix);
      const isWithin = compareTexts(other, prefix) >= 0 && (after === undefined || compareTexts(other, after) < 0);
      expect(isWithin).toBe(other.startsWith(prefix));
      expect(after === undefined || compareTexts(prefix + other, after) < 0).toBe(true);
    }),
    {
      examples: [
        ['\u{10ffff}', 'x'],
        ['a\u{10ffff}', 'b'],
        ['\ud7ff', '\ue000'],
      ],
    },
  );
});
