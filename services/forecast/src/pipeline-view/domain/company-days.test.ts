import fc from 'fast-check';
import { dayOf, epochMillis, timeZone, toInstant } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import { companyDays, dayNumber, dayOfNumber, slotOf, slotsOf } from './company-days.ts';

const instants = fc.integer({ min: 946_684_800_000, max: 2_524_608_000_000 }).map((millis) => toInstant(millis));
const zones = fc.constantFrom('Europe/Berlin', 'America/Los_Angeles', 'Asia/Kathmandu', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'UTC');

describe('the company’s days', () => {
  it('agree with the calendar in any zone', () => {
    fc.assert(
      fc.property(instants, zones, (at, name) => {
        const zone = timeZone.parse(name);
        expect(dayOfNumber(companyDays(zone)(epochMillis(at)))).toBe(dayOf(at, zone));
      }),
    );
  });

  it('are the same for an instant and for the beginning of its quarter of an hour', () => {
    fc.assert(
      fc.property(instants, zones, (at, name) => {
        const days = companyDays(timeZone.parse(name));
        expect(days(slotsOf(at.slice(0, 7))(slotOf(at)))).toBe(days(epochMillis(at)));
      }),
    );
  });

  it('have consecutive numbers', () => {
    expect(dayNumber(dayOfNumber(20_000)) + 1).toBe(20_001);
    expect(dayNumber(dayOfNumber(0))).toBe(0);
  });
});
