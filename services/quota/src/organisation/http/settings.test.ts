import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plan, quotaInMemory, settings } from '../../testing/quota-in-memory.ts';

const names = (events: readonly { readonly name: string }[]) => events.map((event) => event.name);

describe('the settings of the company', () => {
  it('change part by part, are answered as they were put, and are 404 before they are first put', async () => {
    const { put, call, events } = quotaInMemory();
    expect(await call('GET /settings')).toMatchObject({ status: 404, code: 'settings-not-found' });
    await put('settings', settings);
    expect(names(events())).toEqual(['SettingsChanged', 'CalendarPublished', 'RatesPublished', 'HolidaysPublished']);
    const rates = [{ id: 'chf', currency: 'CHF', from: '2026-01-01', value: '1.05' }];
    expect((await put('settings', { ...settings, rates })).status).toBe(200);
    expect(names(events().slice(4))).toEqual(['RatesPublished']);
    expect((await call('GET /settings')).json).toEqual({ ...settings, rates });
  });

  it.each([
    ['reporting-currency-immutable', { ...settings, reportingCurrency: 'CHF' }],
    ['rate-of-reporting-currency', { ...settings, rates: [{ id: 'e', currency: 'EUR', from: '2026-01-01', value: '1' }] }],
    ['duplicate-entry', { ...settings, rates: ['a', 'b'].map((id) => ({ id, currency: 'CHF', from: '2026-01-01', value: '1.1' })) }],
  ])('are refused with %s', async (code, document) => {
    const { put } = quotaInMemory();
    await put('settings', settings);
    expect(await put('settings', document)).toMatchObject({ status: 422, code });
  });

  it('are replaced as a whole: parts that are left out are withdrawn, and the answer has the ETag of the next GET', async () => {
    const { put, call, events } = quotaInMemory();
    await put('settings', { ...settings, holidays: { DE: [], AT: ['2026-10-26'] } });
    const future = { ...settings, calendar: { kind: 'months', startMonth: 4 }, calendarEffectiveFrom: '2027-04-01' };
    await put('settings', future);
    expect((await call('GET /settings')).json).toEqual(future);
    const answer = await put('settings', settings);
    expect(answer.json).toEqual(settings);
    const read = await call('GET /settings');
    expect({ json: read.json, etag: read.etag }).toEqual({ json: answer.json, etag: answer.etag });
    expect((await put('settings', { ...settings, holidays: {} }, answer.etag)).status).toBe(200);
    expect(names(events().slice(-3))).toEqual(['HolidaysWithdrawn', 'CalendarWithdrawn', 'HolidaysWithdrawn']);
  });

  it('are answered as they were put, whatever they were before', async () => {
    const month = fc.integer({ min: 1, max: 12 });
    const weekday = fc.integer({ min: 1, max: 7 });
    const calendars = fc.oneof(
      fc.record({ kind: fc.constant('months'), startMonth: month }),
      fc.record({ kind: fc.constant('months'), startMonth: month, weekStartsOn: weekday }),
      fc.record({
        kind: fc.constant('weeks'),
        pattern: fc.constantFrom('4-4-5', '4-5-4', '5-4-4'),
        endMonth: month,
        endWeekday: weekday,
        yearEnd: fc.constantFrom('last', 'nearest'),
      }),
    );
    const firstDays = fc.constantFrom('2024-01-01', '2026-01-01', '2026-12-01', '2027-02-01');
    const regions = fc.uniqueArray(fc.constantFrom('DE', 'AT', 'CH'));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(calendars, firstDays, regions), { minLength: 1, maxLength: 5 }), async (steps) => {
        const { put, call } = quotaInMemory();
        for (const [calendar, calendarEffectiveFrom, holidayRegions] of steps) {
          const holidays = Object.fromEntries(holidayRegions.map((region) => [region, ['2026-12-25']]));
          const document = { ...settings, holidays, calendar, calendarEffectiveFrom };
          const answer = await put('settings', document);
          expect(answer.json).toEqual(document);
          expect((await call('GET /settings')).etag).toBe(answer.etag);
        }
      }),
      { numRuns: 30 },
    );
  });

  it.each([
    { kind: 'weeks', pattern: '4-4-4', endMonth: 12, endWeekday: 6, yearEnd: 'last' },
    { kind: 'weeks', pattern: '4-4-5', endMonth: 12, yearEnd: 'last' },
    { kind: 'months', startMonth: 1, weekStartsOn: 8 },
    { kind: 'days' },
  ])('are refused a calendar that is none: %j', async (calendar) => {
    const { put } = quotaInMemory();
    expect((await put('settings', { ...settings, calendar })).status).toBe(400);
  });

  it('may add a later calendar but not replace the one in force, once there are targets', async () => {
    const { setUp, put, putPlan, call } = quotaInMemory();
    await setUp();
    const april = { kind: 'months', startMonth: 4 };
    expect((await put('settings', { ...settings, calendar: april })).status).toBe(200);
    await put('settings', settings);
    await putPlan(plan);
    for (const calendarEffectiveFrom of ['2024-01-01', '2025-01-01', '2026-01-01', '2026-03-02'])
      expect(await put('settings', { ...settings, calendar: april, calendarEffectiveFrom })).toMatchObject({
        status: 422,
        code: 'calendar-in-force',
        json: { field: 'calendarEffectiveFrom', value: calendarEffectiveFrom },
      });
    const later = { ...settings, calendar: april, calendarEffectiveFrom: '2027-04-01' };
    expect((await put('settings', later)).json).toEqual(later);
    expect((await put('settings', settings)).json).toEqual((await call('GET /settings')).json);
  });

  it.each(['0', '0.000000000000', '0.0000000009', '1000000000.1', '999999999999.999999999999'])(
    'are refused a rate of %s, with its field and the rule',
    async (value) => {
      const { put } = quotaInMemory();
      const rates = [{ id: 'chf', currency: 'CHF', from: '2026-01-01', value }];
      expect(await put('settings', { ...settings, rates })).toMatchObject({
        status: 422,
        code: 'rate-out-of-range',
        json: { field: 'rates.0.value', value },
      });
    },
  );
});
