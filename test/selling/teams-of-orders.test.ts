import { describe, expect, it } from 'vitest';
import { managerNamed, organisationSince, sellingCompany, withRep } from './selling-company.ts';

const euros = (amount: string) => ({ amount, currency: 'EUR' });
const organisation = organisationSince('2025-01-01');
const movedOn = (day: string) =>
  withRep(organisation, 'anna', {
    memberships: [
      { teamId: 'south', effectiveFrom: '2025-01-01' },
      { teamId: 'west', effectiveFrom: day },
    ],
  });

describe('S1 a rep moves to another team', () => {
  it('an order belongs to the team of its day, and an open opportunity follows its owner, in every service', async () => {
    const company = await sellingCompany('2026-11-30T09:00:00.000Z');
    const [before, after, still] = [
      await company.open('anna'),
      await company.open('anna'),
      await company.open('anna', { amount: euros('5000.00') }),
    ];
    expect((await company.order(before, '2026-11-29T10:00:00Z', '100.00')).json).toMatchObject({ status: 'won', teamId: 'south' });
    expect((await company.put('organisation', movedOn('2026-11-30'))).status).toBe(200);
    expect((await company.order(after, '2026-11-30T08:00:00Z', '70.00')).json).toMatchObject({ status: 'won', teamId: 'west' });

    expect(await company.attainment('team:south', '2026-11')).toMatchObject({ achieved: euros('100.00') });
    expect(await company.attainment('team:west', '2026-11')).toMatchObject({ achieved: euros('70.00') });
    expect(await company.attainment('rep:anna', '2026-11')).toMatchObject({ achieved: euros('170.00') });
    expect(await company.forecast('team', 'south')).toMatchObject({ booked: euros('100.00'), existing: { byMilestone: [] } });
    expect(await company.forecast('team', 'west')).toMatchObject({
      booked: euros('70.00'),
      existing: { byMilestone: [{ opportunities: 1 }] },
    });
    expect(await company.opportunities(managerNamed('willi'))).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({ opportunityId: still, teamId: 'west', status: 'open' }),
        expect.objectContaining({ opportunityId: after, teamId: 'west' }),
      ]),
    });
    expect(await company.opportunities(managerNamed('sofia'))).toMatchObject({ items: [{ opportunityId: before, teamId: 'south' }] });
  });

  it('an order of a day before the move, recorded after it, counts for the former team', async () => {
    const company = await sellingCompany('2026-11-30T09:00:00.000Z');
    const id = await company.open('anna');
    await company.put('organisation', movedOn('2026-11-30'));
    expect((await company.order(id, '2026-11-28T10:00:00Z', '100.00')).json).toMatchObject({ teamId: 'south' });
    expect(await company.attainment('team:south', '2026-11')).toMatchObject({ achieved: euros('100.00') });
    expect((await company.command(id, 'cancel', { reason: 'wrong-entry' })).status).toBe(200);
    expect(await company.attainment('team:south', '2026-11')).toMatchObject({ achieved: euros('0.00') });
    expect(await company.attainment('team:west', '2026-11')).toMatchObject({ achieved: euros('0.00') });
  });
});

describe('S6 a move is told late', () => {
  it('is a correction until the month is closed, and moves the credits of the days between', async () => {
    const company = await sellingCompany('2026-11-10T09:00:00.000Z');
    const [early, late] = [await company.open('anna'), await company.open('anna')];
    await company.order(early, '2026-11-09T10:00:00Z', '100.00');
    company.at('2026-11-30T09:00:00.000Z');
    await company.order(late, '2026-11-20T10:00:00Z', '70.00');
    expect(await company.attainment('team:south', '2026-11')).toMatchObject({ achieved: euros('170.00') });

    expect(await company.put('organisation', movedOn('2026-11-15'))).toMatchObject({ status: 200, json: movedOn('2026-11-15') });
    expect(await company.attainment('team:south', '2026-11')).toMatchObject({ achieved: euros('100.00') });
    expect(await company.attainment('team:west', '2026-11')).toMatchObject({ achieved: euros('70.00') });
    expect(await company.attainment('company', '2026-11')).toMatchObject({ achieved: euros('170.00') });
    expect(await company.forecast('team', 'south')).toMatchObject({ booked: euros('100.00') });
    expect(await company.forecast('team', 'west')).toMatchObject({ booked: euros('70.00') });
    expect(await company.opportunities(managerNamed('willi'), { status: 'won' })).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ opportunityId: late, teamId: 'west' })]),
    });
    expect(company.events().filter(({ name }) => name === 'OrderTeamCorrected')).toMatchObject([
      { subject: late, data: { teamId: 'west', previousTeamId: 'south' } },
    ]);
    const { events } = company;
    const before = events().length;
    expect((await company.command(late, 'cancel', { reason: 'not-paid' })).status).toBe(200);
    expect(await company.attainment('team:west', '2026-11')).toMatchObject({ achieved: euros('0.00') });
    expect(events().length).toBeGreaterThan(before);
  });

  it('is refused once its month is closed: ten days after the end, or as the settings say', async () => {
    const company = await sellingCompany('2026-12-09T09:00:00.000Z');
    expect((await company.put('organisation', movedOn('2026-11-15'))).status).toBe(200);
    expect((await company.put('organisation', organisation)).status).toBe(200);
    company.at('2026-12-11T09:00:00.000Z');
    expect(await company.put('organisation', movedOn('2026-11-15'))).toMatchObject({ status: 422, code: 'past-membership-immutable' });
    expect((await company.put('organisation', movedOn('2026-12-01'))).status).toBe(200);
  });
});
