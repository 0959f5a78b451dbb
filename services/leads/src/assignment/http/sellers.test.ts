import { pageOf, sellerListed } from '@meilenstein/contracts';
import { describe, expect, it } from 'vitest';
import { problem, routedCompany, type RoutedCompany } from '../../testing/routed-company.ts';

const absences = [{ from: '2026-03-01T00:00:00.000Z', until: '2026-03-20T00:00:00.000Z' }];
const boss = { role: 'manager', subject: 'login-boss' } as const;
const list = async (company: RoutedCompany, call: object = {}) =>
  pageOf(sellerListed).parse((await company.call('GET /sellers', call)).json);

describe('the list of sellers', () => {
  it('shows what routing knows of each rep, and who is active', async () => {
    const company = await routedCompany(['ann', 'bob', 'cem']);
    await company.profile('ann', { absences, skills: ['saws'], languages: ['de', 'fr'], capacity: 4 });
    const { owner } = await company.write({});
    await company.dismiss('cem', '2026-03-02');
    const { items, next } = await list(company);
    expect(next).toBeNull();
    expect(items.map(({ repId, teamId, isActive }) => [repId, teamId, isActive])).toEqual([
      ['ann', 'north', true],
      ['bob', 'north', true],
      ['boss', 'north', false],
      ['cem', null, false],
    ]);
    expect(items[0]).toMatchObject({
      repCode: 'ann',
      absences,
      skills: ['saws'],
      languages: ['de', 'fr'],
      capacity: 4,
      openLeads: 0,
      availableFrom: absences[0]?.until,
    });
    expect(items.find((one) => one.repId === owner?.repId)?.openLeads).toBe(1);
  });

  it('agrees with GET /sellers/{repId} for each rep', async () => {
    const company = await routedCompany(['ann', 'bob']);
    await company.profile('ann', { absences, weight: 2 });
    for (const { repCode: _code, teamId: _team, isActive: _active, ...listed } of (await list(company)).items)
      expect((await company.call('GET /sellers/{repId}', { path: { repId: listed.repId } })).json).toEqual(listed);
  });

  it('shows no availability for a rep who has left or has not started', async () => {
    const company = await routedCompany(['ann', 'bob']);
    await company.profile('bob', { absences });
    await company.dismiss('bob', '2026-03-02');
    const one = await company.call('GET /sellers/{repId}', { path: { repId: 'bob' } });
    expect(one.json).toMatchObject({ repId: 'bob', availableFrom: null });
    expect((await list(company)).items.find((item) => item.repId === 'bob')).toMatchObject({ teamId: null, availableFrom: null });
  });

  it('is paged in a stable order, and can be limited to active reps', async () => {
    const company = await routedCompany(['ann', 'bob', 'cem']);
    const first = await list(company, { query: { limit: '2' } });
    const second = await list(company, { query: { limit: '2', cursor: first.next ?? '' } });
    expect([...first.items, ...second.items].map((one) => one.repId)).toEqual(['ann', 'bob', 'boss', 'cem']);
    expect(second.next).toBeNull();
    expect((await list(company, { query: { active: 'true' } })).items.map((one) => one.repId)).toEqual(['ann', 'bob', 'cem']);
    expect((await list(company, { query: { active: 'false' } })).items.map((one) => one.repId)).toEqual(['boss']);
  });

  it('is read by managers for their teams and by sales operations, and refuses an invalid cursor', async () => {
    const company = await routedCompany(['ann']);
    expect((await list(company, boss)).items.map((one) => one.repId)).toEqual(['ann', 'boss']);
    expect((await list(company, { role: 'operations' })).items).toHaveLength(2);
    expect((await list(company, { role: 'manager', subject: 'stranger' })).items).toEqual([]);
    expect(await company.call('GET /sellers', { role: 'rep', subject: 'login-ann' })).toMatchObject(problem('role-not-allowed', 403));
    expect(await company.call('GET /sellers', { role: 'marketing' })).toMatchObject(problem('role-not-allowed', 403));
    expect(await company.call('GET /sellers', { query: { active: 'perhaps' } })).toMatchObject(problem('request-invalid', 400));
    expect(await company.call('GET /sellers', { query: { cursor: 'none' } })).toMatchObject(problem('cursor-invalid', 400));
  });
});
