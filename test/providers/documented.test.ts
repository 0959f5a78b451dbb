import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { providerName } from '@meilenstein/contracts';
import { senders } from '@meilenstein/leads/testing/senders/senders';
import { describe, expect, it } from 'vitest';

const [setUp = '', called = ''] = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'providers.md'), 'utf8').split(
  '## Names of answers',
);
const rowOf = (text: string, provider: string): string =>
  text.split('\n').find((line) => line.startsWith('| `') && line.includes(`\`${provider}\``)) ?? '';

describe('every provider', () => {
  it.each(providerName.options)('%s has a fixture, a verification status and documented names of answers', (provider) => {
    expect(senders.some((sender) => sender.provider === provider)).toBe(true);
    expect(rowOf(setUp, provider).split('|')[3]).toMatch(/verified|yours to check/);
    expect(rowOf(called, provider)).not.toBe('');
  });
});
