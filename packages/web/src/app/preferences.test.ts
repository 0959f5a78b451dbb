import { describe, expect, it } from 'vitest';
import { preferencesIn } from './preferences.ts';

describe('preferences that were kept', () => {
  it('are read', () => {
    const kept = { language: 'en', appearance: 'dark', density: 'dense', letterKeys: false, start: 'leads' };
    expect(preferencesIn(JSON.stringify(kept))).toEqual(kept);
  });

  it.each([null, '', 'no JSON', 'null', '[]', '{"language":"xx","appearance":7,"letterKeys":"yes"}'])('are none in %s', (text) =>
    expect(preferencesIn(text)).toEqual({}),
  );
});
