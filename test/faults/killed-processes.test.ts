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

describe('a burst while function processes are killed, and tables conflict, throttle and lag', () => {
  it('loses and duplicates none of 100 acknowledged submissions, and erases whom it is told to', async () => {
    const { faults, acknowledged, kills, erasures } = await cloudBurst(company.cloud, { seed: 2026, submissions: 100 });
    expect(faults).toEqual([]);
    expect(acknowledged).toBe(100);
    expect(erasures).toBeGreaterThan(0);
    expect(kills).toBeGreaterThan(5);
  }, 120_000);
});
