import type { ExchangeRate, Organisation, Plan, ProcessView, Settings } from '@meilenstein/contracts';
import { addDays, currency, day, processId, repId, teamId, Temporal, timeZone, type Day } from '@meilenstein/kernel';
import { fullName } from './names.ts';
import type { Random } from './random.ts';

export const euro = currency.parse('EUR');
export const frank = currency.parse('CHF');
export const machines = processId.parse('machines');

const towns = ['nord', 'ost', 'sued', 'west'] as const;
const titles = { nord: 'Vertrieb Nord', ost: 'Vertrieb Ost', sued: 'Vertrieb Süd', west: 'Vertrieb West' };

/** 24 reps in 4 teams of 6; each team is led by a manager of its own. `since` is the first day of everybody. */
export const organisation = (random: Random, since: Day): Organisation => ({
  teams: towns.map((town) => ({
    teamId: teamId.parse(`team-${town}`),
    name: titles[town],
    managers: [repId.parse(`manager-${town}`)],
    effectiveFrom: since,
  })),
  reps: towns.flatMap((town, team) => {
    const memberships = [{ teamId: teamId.parse(`team-${town}`), effectiveFrom: since }];
    const member = (id: string, repCode: string, role: 'rep' | 'manager') => ({
      repId: repId.parse(id),
      repCode,
      name: fullName(random),
      role,
      loginSubject: `login-${id}`,
      memberships,
      leavesOn: null,
    });
    const reps = Array.from({ length: 6 }, (_, n) => member(`rep-${town}-${n + 1}`, `V${team + 1}${n + 1}`, 'rep'));
    return [member(`manager-${town}`, `M${team + 1}`, 'manager'), ...reps];
  }),
});

const easterSunday = (year: number): Temporal.PlainDate => {
  // The anonymous Gregorian computus.
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const e = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const g = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - e - (c % 4)) % 7;
  const m = Math.floor((a + 11 * e + 22 * g) / 451);
  const n = e + g - 7 * m + 114;
  return new Temporal.PlainDate(year, Math.floor(n / 31), (n % 31) + 1);
};

const holidaysOf = (year: number): Day[] => {
  const easter = day.parse(easterSunday(year).toString());
  const fixed = ['01-01', '05-01', '10-03', '12-25', '12-26'].map((date) => day.parse(`${year}-${date}`));
  return [...fixed, ...[-2, 1, 39, 50].map((days) => addDays(easter, days))].toSorted();
};

const rates = (months: readonly Day[]): ExchangeRate[] =>
  months.map((from, n) => ({ id: `chf-${from.slice(0, 7)}`, currency: frank, from, value: (1.04 + ((n * 7) % 5) / 100).toFixed(4) }));

/** Germany: Berlin time, calendar years, the holidays that all states share, Swiss francs at a monthly rate. */
export const settings = (today: Day): Settings => {
  const year = Temporal.PlainDate.from(today).year;
  const months = Array.from({ length: 15 }, (_, n) =>
    day.parse(
      Temporal.PlainDate.from(today)
        .with({ day: 1 })
        .subtract({ months: 14 - n })
        .toString(),
    ),
  );
  return {
    zone: timeZone.parse('Europe/Berlin'),
    reportingCurrency: euro,
    calendar: { kind: 'months', startMonth: 1 },
    calendarEffectiveFrom: day.parse(`${year - 2}-01-01`),
    holidays: { DE: [year - 1, year, year + 1].flatMap(holidaysOf) },
    rates: rates(months),
  };
};

/** What a customer of this company does before an order; each step is an act of the customer. */
export const process: Omit<ProcessView, 'version'> = {
  processId: machines,
  name: { de: 'Maschinen', en: 'Machines' },
  milestones: [
    { id: 'need-named', name: { de: 'Bedarf genannt', en: 'Need named' }, provenBy: ['said', 'wrote'] },
    { id: 'plant-shown', name: { de: 'Werk gezeigt', en: 'Plant shown' }, provenBy: ['did'] },
    { id: 'requirements-sent', name: { de: 'Anforderungen geschickt', en: 'Requirements sent' }, provenBy: ['wrote'] },
    { id: 'offer-discussed', name: { de: 'Angebot besprochen', en: 'Offer discussed' }, provenBy: ['said', 'wrote'] },
    { id: 'ordered', name: { de: 'Bestellt', en: 'Ordered' }, provenBy: ['wrote'] },
  ],
};

/** Annual targets in euros: each rep, the team above the sum of its reps, the company. */
export const plan = (year: number, effectiveFrom: Day): Plan => {
  const annual = (amount: number) => ({ amount: amount.toFixed(2), currency: euro });
  const reps = towns.flatMap((town) =>
    Array.from({ length: 6 }, (_, n) => ({ node: { level: 'rep' as const, key: `rep-${town}-${n + 1}` }, annual: annual(300_000) })),
  );
  const teams = towns.map((town) => ({ node: { level: 'team' as const, key: `team-${town}` }, annual: annual(1_700_000) }));
  return {
    measure: 'revenue',
    fiscalYear: year,
    currency: euro,
    effectiveFrom,
    quarterWeights: [22, 26, 22, 30],
    targets: [{ node: { level: 'company', key: 'company' }, annual: annual(6_500_000) }, ...teams, ...reps],
  };
};
