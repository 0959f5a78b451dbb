import { expect, it } from 'vitest';
import { sellingCompany } from './selling-company.ts';

const euros = (amount: string) => ({ amount, currency: 'EUR' });

it('S10 attainment by the day of the order stands beside that by the day of recording, which forecast and reports count', async () => {
  const company = await sellingCompany('2026-12-02T09:00:00.000Z');
  await company.order(await company.open('anna'), '2026-11-28T10:00:00Z', '100.00');
  await company.order(await company.open('anna'), '2026-12-01T10:00:00Z', '7.00');
  expect(await company.attainment('team:south', '2026-11')).toMatchObject({
    achieved: euros('100.00'),
    recorded: { amount: euros('0.00'), difference: euros('-100.00'), meaning: expect.stringContaining('became known') },
  });
  expect(await company.attainment('rep:anna', '2026-12')).toMatchObject({
    achieved: euros('7.00'),
    recorded: { amount: euros('107.00'), difference: euros('100.00') },
  });
  expect(await company.forecast('rep', 'anna')).toMatchObject({ booked: euros('107.00') });
  expect(await company.attainment('company', 'FY2026')).toMatchObject({ recorded: { amount: euros('107.00'), difference: euros('0.00') } });
});
