import { day } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import { workingDaysIn } from './working-days.ts';

const on = (text: string) => day.parse(text);
const december = { from: on('2026-12-01'), until: on('2027-01-01') };

describe('workingDaysIn', () => {
  it('counts Monday to Friday', () => {
    expect(workingDaysIn({ holidays: {} }, december)).toHaveLength(23);
    expect(workingDaysIn({ holidays: {} }, { from: on('2026-12-05'), until: on('2026-12-08') })).toEqual(['2026-12-07']);
  });

  it('leaves out a holiday, and one of several regions only if it is a holiday in all of them', () => {
    const [christmas, epiphany, boxingDay] = [on('2026-12-25'), on('2026-12-08'), on('2026-12-26')];
    expect(workingDaysIn({ holidays: { DE: [christmas, boxingDay] } }, december)).toHaveLength(22);
    expect(workingDaysIn({ holidays: { DE: [christmas], AT: [christmas, epiphany] } }, december)).toHaveLength(22);
    expect(workingDaysIn({ holidays: { DE: [], AT: [christmas] } }, december)).toHaveLength(23);
  });
});
