import {
  calendarPublished, holidaysPublished, ratesPublished, settingsChanged, type ExchangeRate, type Happened, type Settings, type SettingsFact,
} from '@meilenstein/contracts'; // prettier-ignore
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

/** One part of the settings; each is an aggregate of its own, so that a change of rates does not touch the calendar. */
export type SettingsPart = {
  readonly base?: { readonly zone: TimeZone; readonly reportingCurrency: Currency } | undefined;
  /** newest first */
  readonly calendars?: readonly { readonly calendar: FiscalCalendar; readonly effectiveFrom: Day }[] | undefined;
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
    case 'HolidaysPublished':
      return { ...part, holidays: fact.data };
    case 'RatesPublished':
      return { ...part, rates: fact.data };
  }
};

type Code = 'currency-cannot-change' | 'rate-of-the-reporting-currency' | 'is-there-twice';

/** What is wrong with new settings as a whole; undefined where nothing is. */
export const complainAboutSettings = (wanted: Settings, before: Currency | undefined): { readonly refused: Refusal<Code> } | undefined => {
  if (before !== undefined && before !== wanted.reportingCurrency)
    return refused('currency-cannot-change', `credits and reports are in ${before}`, {
      field: 'reportingCurrency',
      value: wanted.reportingCurrency,
    });
  if (wanted.rates.some((rate) => rate.currency === wanted.reportingCurrency))
    return refused('rate-of-the-reporting-currency', 'the reporting currency is worth 1 of itself; leave it out', {
      field: 'rates.currency',
      value: wanted.reportingCurrency,
    });
  const keys = wanted.rates.flatMap((rate) => [rate.id, `${rate.currency} from ${rate.from}`]);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  return twice === undefined
    ? undefined
    : refused('is-there-twice', 'each rate has its own id and its own first day', { field: 'rates', value: twice });
};

type Align = (part: SettingsPart) => Decision<SettingsFact, never>;

/** The parts that settings consist of: subject -> the rule that makes the part what is wanted. */
export const alignSettings = (wanted: Settings): ReadonlyMap<string, Align> => {
  const { zone, reportingCurrency, calendar, calendarEffectiveFrom, holidays, rates } = wanted;
  const base = { zone, reportingCurrency };
  const current = { calendar, effectiveFrom: calendarEffectiveFrom };
  const published = { reportingCurrency, rates };
  const parts: [string, Align][] = [
    ['settings', (part) => unless(part.base, base, settingsChanged.of(base))],
    ['calendar', (part) => unless(part.calendars?.[0], current, calendarPublished.of(current))],
    ['rates', (part) => unless(part.rates, published, ratesPublished.of(published))],
  ];
  for (const [region, days] of Object.entries(holidays))
    parts.push([`holidays-${region}`, (part) => unless(part.holidays, { region, days }, holidaysPublished.of({ region, days }))]);
  return new Map(parts);
};

const unless = (there: unknown, wanted: unknown, fact: SettingsFact): Decision<SettingsFact, never> =>
  canonicalJson(there) === canonicalJson(wanted) ? decided() : decided(fact);
