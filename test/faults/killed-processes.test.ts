import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootSmallCompany, type SmallCompany } from '../journey/small-company.ts';
import { cloudBurst } from './cloud-burst.ts';

let company: SmallCompany;

beforeAll(async () => {
  company = await bootSmallCompany(undefined, 'processes');
});

afterAll(async () => {
  await company.end();
});

describe('a burst while function processes are killed', () => {
  it('loses and duplicates none of 100 acknowledged submissions', async () => {
    const { faults, acknowledged, kills } = await cloudBurst(company.cloud, { seed: 2026, submissions: 100 });
    expect(faults).toEqual([]);
    expect(acknowledged).toBe(100);
    expect(kills).toBeGreaterThan(5);
  }, 120_000);
});
