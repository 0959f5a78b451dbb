import { describe, expect, it } from 'vitest';
import { addressOf } from './send.ts';

describe('the address of a call', () => {
  it.each([
    ['/leads/{leadId}', { path: { leadId: 'a/b' } }, '/leads/a%2Fb'],
    ['/leads', { query: { limit: 100, owner: undefined, team: '' } }, '/leads?limit=100'],
    ['/runs/{runId}/files/{name}', { path: { runId: 'r', name: 'company.csv' } }, '/runs/r/files/company.csv'],
    ['/leads', {}, '/leads'],
  ])('%s with %o is %s', (template, given, address) => expect(addressOf(template, given)).toBe(address));
});
