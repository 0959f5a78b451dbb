import {
  calendarPublished,
  calendarWithdrawn,
  holidaysPublished,
  holidaysWithdrawn,
  settingsChanged,
  type Happened,
  type Settings,
  type SettingsFact,
} from '@meilenstein/contracts';
import {
  canonicalJson,
  decided,
  refusal,
  type Currency,
  type Day,
  type Decision,
  type FiscalCalendar,
  type Refusal,
  type TimeZone,
} from '@meilenstein/kernel';
import { alignRates, applyRates, type PublishedRates } from './published-rates.ts';

type Calendar = { readonly calendar: FiscalCalendar; readonly effectiveFrom: Day };

/** One part of the settings. Each part is its own aggregate, so that a change of rates does not touch the calendar. */
export type SettingsPart = {
  readonly base?:
    | { readonly zone: TimeZone; readonly reportingCurrency: Currency; readonly closesAfterDays?: number | undefined }
    | undefined;
  /** newest first */
  readonly calendars?: readonly Calendar[] | undefined;
  readonly holidays?: { readonly region: string; readonly days: readonly Day[] } | undefined;
  readonly rates?: PublishedRates | undefined;
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
      return { ...part, rates: applyRates(part.rates, fact) };
  }
};

type Code = 'reporting-currency-immutable' | 'calendar-in-force' | 'rate-of-reporting-currency' | 'rate-out-of-range' | 'duplicate-entry';
type SettingsRefusal = Refusal<Code>;

/** The settings before a change, and whether there are targets that use their calendar. */
export type CurrentSettings = {
  readonly reportingCurrency: Currency | null;
  /** newest first */
  readonly calendars: readonly Calendar[];
  readonly today: Day;
  readonly hasTargets: boolean;
};

/** The calendar in force today: the newest that has begun, or the oldest where none has. */
const calendarInForce = ({ calendars, today }: CurrentSettings): Calendar | undefined =>
  calendars.find((one) => one.effectiveFrom <= today) ?? calendars.at(-1);

const checkReportingCurrency = (wanted: Settings, { reportingCurrency }: CurrentSettings): SettingsRefusal | undefined =>
  reportingCurrency === null || reportingCurrency === wanted.reportingCurrency
    ? undefined
    : refusal('reporting-currency-immutable', `credits and reports are in ${reportingCurrency}`, {
        field: 'reportingCurrency',
        value: wanted.reportingCurrency,
      });

/** Once there are targets, a calendar that has begun stays; otherwise the months of the targets would change. */
const checkCalendar = (wanted: Settings, now: CurrentSettings): SettingsRefusal | undefined => {
  const inForce = calendarInForce(now);
  if (inForce === undefined || !now.hasTargets) return undefined;
  const { calendar, calendarEffectiveFrom: effectiveFrom } = wanted;
  const stays = canonicalJson(inForce) === canonicalJson({ calendar, effectiveFrom });
  if (stays || (effectiveFrom > now.today && effectiveFrom > inForce.effectiveFrom)) return undefined;
  return refusal(
    'calendar-in-force',
    `the calendar from ${inForce.effectiveFrom} is in force and cannot change; another one must begin after today, ${now.today}`,
    { field: 'calendarEffectiveFrom', value: effectiveFrom },
  );
};

const [leastRate, mostRate] = [1e-9, 1e9];

const checkRates = ({ rates, reportingCurrency }: Settings): SettingsRefusal | undefined => {
  if (rates.some((rate) => rate.currency === reportingCurrency))
    return refusal('rate-of-reporting-currency', 'the reporting currency needs no rate; leave it out', {
      field: 'rates.currency',
      value: reportingCurrency,
    });
  const index = rates.findIndex(({ value }) => Number(value) < leastRate || Number(value) > mostRate);
  const rate = rates[index];
  if (rate !== undefined)
    return refusal('rate-out-of-range', 'a rate is at least 0.000000001 and at most 1000000000 reporting units for one unit', {
      field: `rates.${index}.value`,
      value: rate.value,
    });
  const keys = rates.flatMap(({ id, currency, from }) => [id, `${currency} from ${from}`]);
  const seen = new Set<string>();
  const duplicate = keys.find((key) => seen.size === seen.add(key).size);
  return duplicate === undefined
    ? undefined
    : refusal('duplicate-entry', 'give each rate its own id, and each currency at most one rate that begins on the same day', {
        field: 'rates',
        value: duplicate,
      });
};

/** Checks new settings as a whole. */
export const checkSettings = (wanted: Settings, now: CurrentSettings): SettingsRefusal | undefined =>
  checkReportingCurrency(wanted, now) ?? checkCalendar(wanted, now) ?? checkRates(wanted);

type Align = (part: SettingsPart) => Decision<SettingsFact, never>;

/** Publishes the wanted calendar, and withdraws calendars that the document leaves out: those not begun, and those later than the wanted one. */
const alignCalendar = (part: SettingsPart, wanted: Calendar, now: CurrentSettings): Decision<SettingsFact, never> => {
  const published = part.calendars ?? [];
  const inForce = now.hasTargets ? calendarInForce(now)?.effectiveFrom : undefined;
  const withdrawn = published.filter(
    ({ effectiveFrom }) =>
      effectiveFrom !== wanted.effectiveFrom &&
      effectiveFrom !== inForce &&
      (effectiveFrom > now.today || effectiveFrom > wanted.effectiveFrom),
  );
  const isPublished = published.some((one) => canonicalJson(one) === canonicalJson(wanted));
  return decided<SettingsFact>(
    ...withdrawn.map(({ effectiveFrom }) => calendarWithdrawn.of({ effectiveFrom })),
    ...(isPublished ? [] : [calendarPublished.of(wanted)]),
  );
};

const holidaysSubject = (region: string): string => `holidays-${region}`;

/** The parts of the settings: subject -> the rule that changes the part to what is wanted. `regions`: the regions that have holidays now. */
export const alignSettings = (wanted: Settings, now: CurrentSettings, regions: readonly string[]): ReadonlyMap<string, Align> => {
  const { zone, reportingCurrency, calendar, calendarEffectiveFrom, holidays, rates, closesAfterDays } = wanted;
  const base = { zone, reportingCurrency, ...(closesAfterDays === undefined ? {} : { closesAfterDays }) };
  const parts: [string, Align][] = [
    ['settings', (part) => changeUnlessEqual(part.base, base, settingsChanged.of(base))],
    ['calendar', (part) => alignCalendar(part, { calendar, effectiveFrom: calendarEffectiveFrom }, now)],
    ['rates', (part) => alignRates(part.rates, { reportingCurrency, rates })],
  ];
  for (const [region, days] of Object.entries(holidays))
    parts.push([
      holidaysSubject(region),
      (part) => changeUnlessEqual(part.holidays, { region, days }, holidaysPublished.of({ region, days })),
    ]);
  for (const region of regions.filter((one) => !Object.hasOwn(holidays, one)))
    parts.push([holidaysSubject(region), (part) => (part.holidays === undefined ? decided() : decided(holidaysWithdrawn.of({ region })))]);
  return new Map(parts);
};

const changeUnlessEqual = (current: unknown, wanted: unknown, fact: SettingsFact): Decision<SettingsFact, never> =>
  canonicalJson(current) === canonicalJson(wanted) ? decided() : decided(fact);
