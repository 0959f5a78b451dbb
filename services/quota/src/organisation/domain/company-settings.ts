import {
  calendarPublished,
  calendarWithdrawn,
  holidaysPublished,
  holidaysWithdrawn,
  ratesPublished,
  settingsChanged,
  type ExchangeRate,
  type Happened,
  type Settings,
  type SettingsFact,
} from '@meilenstein/contracts';
import {
  canonicalJson,
  decided,
  refused,
  type Currency,
  type Day,
  type Decision,
  type FiscalCalendar,
  type Refusal,
  type TimeZone,
} from '@meilenstein/kernel';

type Calendar = { readonly calendar: FiscalCalendar; readonly effectiveFrom: Day };

/** One part of the settings; each is an aggregate of its own, so that a change of rates does not touch the calendar. */
export type SettingsPart = {
  readonly base?: { readonly zone: TimeZone; readonly reportingCurrency: Currency } | undefined;
  /** newest first */
  readonly calendars?: readonly Calendar[] | undefined;
  readonly holidays?: { readonly region: string; readonly days: readonly Day[] } | undefined;
  readonly rates?: { readonly reportingCurrency: Currency; readonly rates: readonly ExchangeRate[] } | undefined;
};

export const evolveSettings = (part: SettingsPart, fact: Happened<SettingsFact>): SettingsPart => {
  switch (fact.name) {
    case 'SettingsChanged':
      return { ...part, base: fact.data };
    case 'CalendarPublished': {
      const others = (part.calendars ?? []).filter((one) => one.effectiveFrom !== fact.data.effectiveFrom);
      return { ...part, calendars: [...others, fact.data].toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1)) };
    }
    case 'CalendarWithdrawn':
      return { ...part, calendars: (part.calendars ?? []).filter((one) => one.effectiveFrom !== fact.data.effectiveFrom) };
    case 'HolidaysWithdrawn': {
      const { holidays: _, ...others } = part;
      return others;
    }
    case 'HolidaysPublished':
      return { ...part, holidays: fact.data };
    case 'RatesPublished':
      return { ...part, rates: fact.data };
  }
};

type Code = 'reporting-currency-immutable' | 'calendar-in-force' | 'rate-of-reporting-currency' | 'rate-out-of-range' | 'duplicate-entry';
type Complaint = { readonly refused: Refusal<Code> };

/** What the settings are now, and whether targets stand on their calendar. */
export type SettingsNow = {
  readonly reportingCurrency: Currency | null;
  /** newest first */
  readonly calendars: readonly Calendar[];
  readonly today: Day;
  readonly hasTargets: boolean;
};

/** The calendar that periods are made of today: the newest that has begun, or the first where none has. */
const calendarInForce = ({ calendars, today }: SettingsNow): Calendar | undefined =>
  calendars.find((one) => one.effectiveFrom <= today) ?? calendars.at(-1);

const otherCurrency = (wanted: Settings, { reportingCurrency }: SettingsNow): Complaint | undefined =>
  reportingCurrency === null || reportingCurrency === wanted.reportingCurrency
    ? undefined
    : refused('reporting-currency-immutable', `credits and reports are in ${reportingCurrency}`, {
        field: 'reportingCurrency',
        value: wanted.reportingCurrency,
      });

/** Targets stand on periods: once there are some, a calendar that has begun stays, or their months would become others. */
const replacedCalendar = (wanted: Settings, now: SettingsNow): Complaint | undefined => {
  const inForce = calendarInForce(now);
  if (inForce === undefined || !now.hasTargets) return undefined;
  const { calendar, calendarEffectiveFrom: effectiveFrom } = wanted;
  const stays = canonicalJson(inForce) === canonicalJson({ calendar, effectiveFrom });
  if (stays || (effectiveFrom > now.today && effectiveFrom > inForce.effectiveFrom)) return undefined;
  return refused(
    'calendar-in-force',
    `a calendar in force is never replaced, only followed from a later date: the one from ${inForce.effectiveFrom} stays; begin another one after today, ${now.today}`,
    { field: 'calendarEffectiveFrom', value: effectiveFrom },
  );
};

const [leastRate, mostRate] = [1e-9, 1e9];

const badRate = ({ rates, reportingCurrency }: Settings): Complaint | undefined => {
  if (rates.some((rate) => rate.currency === reportingCurrency))
    return refused('rate-of-reporting-currency', 'the reporting currency is worth 1 of itself; leave it out', {
      field: 'rates.currency',
      value: reportingCurrency,
    });
  const index = rates.findIndex(({ value }) => Number(value) < leastRate || Number(value) > mostRate);
  const rate = rates[index];
  if (rate !== undefined)
    return refused('rate-out-of-range', 'a rate is at least 0.000000001 and at most 1000000000 reporting units for one unit', {
      field: `rates.${index}.value`,
      value: rate.value,
    });
  const keys = rates.flatMap(({ id, currency, from }) => [id, `${currency} from ${from}`]);
  const twice = keys.find((key, at) => keys.indexOf(key) !== at);
  return twice === undefined
    ? undefined
    : refused('duplicate-entry', 'each rate has its own id and its own first day', { field: 'rates', value: twice });
};

/** What is wrong with new settings as a whole; undefined where nothing is. */
export const complainAboutSettings = (wanted: Settings, now: SettingsNow): Complaint | undefined =>
  otherCurrency(wanted, now) ?? replacedCalendar(wanted, now) ?? badRate(wanted);

type Align = (part: SettingsPart) => Decision<SettingsFact, never>;

/** Publishes the calendar, and withdraws what the document leaves out: what has not begun, and what would stand above the wanted one. */
const alignCalendar = (part: SettingsPart, wanted: Calendar, now: SettingsNow): Decision<SettingsFact, never> => {
  const known = part.calendars ?? [];
  const inForce = now.hasTargets ? calendarInForce(now)?.effectiveFrom : undefined;
  const left = known.filter(
    ({ effectiveFrom }) =>
      effectiveFrom !== wanted.effectiveFrom &&
      effectiveFrom !== inForce &&
      (effectiveFrom > now.today || effectiveFrom > wanted.effectiveFrom),
  );
  const isThere = known.some((one) => canonicalJson(one) === canonicalJson(wanted));
  return decided<SettingsFact>(
    ...left.map(({ effectiveFrom }) => calendarWithdrawn.of({ effectiveFrom })),
    ...(isThere ? [] : [calendarPublished.of(wanted)]),
  );
};

const holidaysSubject = (region: string): string => `holidays-${region}`;

/** The parts that settings consist of: subject -> the rule that makes the part what is wanted. `regions`: those with holidays now. */
export const alignSettings = (wanted: Settings, now: SettingsNow, regions: readonly string[]): ReadonlyMap<string, Align> => {
  const { zone, reportingCurrency, calendar, calendarEffectiveFrom, holidays, rates } = wanted;
  const base = { zone, reportingCurrency };
  const published = { reportingCurrency, rates };
  const parts: [string, Align][] = [
    ['settings', (part) => unless(part.base, base, settingsChanged.of(base))],
    ['calendar', (part) => alignCalendar(part, { calendar, effectiveFrom: calendarEffectiveFrom }, now)],
    ['rates', (part) => unless(part.rates, published, ratesPublished.of(published))],
  ];
  for (const [region, days] of Object.entries(holidays))
    parts.push([holidaysSubject(region), (part) => unless(part.holidays, { region, days }, holidaysPublished.of({ region, days }))]);
  for (const region of regions.filter((one) => !Object.hasOwn(holidays, one)))
    parts.push([holidaysSubject(region), (part) => (part.holidays === undefined ? decided() : decided(holidaysWithdrawn.of({ region })))]);
  return new Map(parts);
};

const unless = (there: unknown, wanted: unknown, fact: SettingsFact): Decision<SettingsFact, never> =>
  canonicalJson(there) === canonicalJson(wanted) ? decided() : decided(fact);
