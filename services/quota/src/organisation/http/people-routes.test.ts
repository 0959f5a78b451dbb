import type { Call } from '@meilenstein/runtime/testing/in-memory';
import { describe, expect, it } from 'vitest';
import { organisation, quotaInMemory } from '../../testing/quota-in-memory.ts';

const ann = { role: 'rep', subject: 'login-ann' } as const;
const boss = { role: 'manager', subject: 'login-boss' } as const;

/** The codes of the people that a caller is told about. */
const codesFor = async (caller: Pick<Call, 'role' | 'subject'>): Promise<readonly string[]> => {
  const { setUp, call } = quotaInMemory();
  await setUp();
  const { json } = await call('GET /people', caller);
  return Object(json).reps.map((one: { readonly repCode: string }) => one.repCode);
};

describe('GET /me', () => {
  it('says who a rep is, and labels the periods of today by the calendar of the company', async () => {
    const { setUp, call } = quotaInMemory('2026-03-02T23:30:00.000Z');
    await setUp();
    expect((await call('GET /me', ann)).json).toMatchObject({
      subject: 'login-ann',
      roles: ['rep'],
      repId: 'ann',
      repCode: 'ann',
      name: 'Name of ann',
      teamId: 'north',
      teamsLed: [],
      zone: 'Europe/Berlin',
      reportingCurrency: 'EUR',
      today: '2026-03-03',
      calendar: {
        inForce: { kind: 'months', startMonth: 1 },
        current: {
          week: { label: '2026-W10', from: '2026-03-02', until: '2026-03-09' },
          month: { label: '2026-03' },
          quarter: { label: 'FY2026-Q1' },
          year: { label: 'FY2026' },
        },
        quarters: [{ label: 'FY2026-Q1' }, {}, {}, { label: 'FY2026-Q4' }],
      },
    });
  });

  it('names the teams that a manager leads', async () => {
    const { setUp, call } = quotaInMemory();
    await setUp();
    expect((await call('GET /me', boss)).json).toMatchObject({ repId: 'boss', teamsLed: [{ teamId: 'north', name: 'north' }] });
  });

  it('answers a caller whom the organisation does not know, and a company without settings', async () => {
    const { call } = quotaInMemory();
    expect(await call('GET /me', { role: 'marketing', subject: 'stranger' })).toMatchObject({
      status: 200,
      json: { roles: ['marketing'], repId: null, name: null, teamId: null, teamsLed: [], zone: 'UTC', reportingCurrency: null },
    });
  });

  it('answers 304 while nothing has changed, and again after the organisation changed', async () => {
    const { setUp, call, put } = quotaInMemory();
    await setUp();
    const first = await call('GET /me', ann);
    const again = () => call('GET /me', { ...ann, headers: { 'if-none-match': first.etag } });
    expect((await again()).status).toBe(304);
    const [one, ...others] = organisation.reps;
    await put('organisation', { ...organisation, reps: [{ ...one, name: 'Ann Nord' }, ...others] });
    expect(await again()).toMatchObject({ status: 200, json: { name: 'Ann Nord' } });
  });
});

describe('GET /people', () => {
  it('tells a rep their own name and those of the managers of their team', async () => {
    expect(await codesFor(ann)).toEqual(['ann', 'boss']);
  });

  it('tells a manager the names of the teams that they lead', async () => {
    expect(await codesFor(boss)).toEqual(['ann', 'boss', 'nora']);
  });

  it.each(['operations', 'finance', 'admin'] as const)('tells %s all names', async (role) => {
    expect(await codesFor({ role, subject: 'x' })).toEqual(['ann', 'bob', 'boss', 'chief', 'nora']);
  });

  it('tells marketing no names', async () => {
    const { call } = quotaInMemory();
    expect(await call('GET /people', { role: 'marketing', subject: 'x' })).toMatchObject({ status: 403 });
  });

  it('keeps the last team of a rep who has left, and says that they are not active', async () => {
    const { setUp, call, put, move } = quotaInMemory();
    await setUp();
    await put('organisation', { ...organisation, reps: organisation.reps.filter((one) => one.repId !== 'ann') });
    move(86_400_000);
    const { json } = await call('GET /people', { role: 'operations' });
    expect(Object(json).reps[0]).toMatchObject({ repId: 'ann', name: 'Name of ann', teamId: 'north', isActive: false });
  });
});
