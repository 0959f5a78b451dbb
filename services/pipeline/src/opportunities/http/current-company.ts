import { rateOn, type Caller, type Company } from '@meilenstein/contracts';
import { dayOf, timeZone, type Clock, type Day, type Instant, type TimeZone } from '@meilenstein/kernel';
import { scopeOf, type Scope } from '@meilenstein/runtime';
import type { RateOf } from '../domain/record-milestone.ts';
import type { Stores } from '../../stores.ts';

export type CurrentCompany = { readonly company: Company; readonly today: Day; readonly scope: Scope };

export const zoneOf = (company: Company): TimeZone => company.zone ?? timeZone.parse('UTC');

/** The company as this service knows it today, and what the caller may see of it. */
export const currentCompany = async (deps: { readonly stores: Stores; readonly clock: Clock }, caller: Caller): Promise<CurrentCompany> => {
  const company = await deps.stores.company.read();
  const today = dayOf(deps.clock.now(), zoneOf(company));
  return { company, today, scope: scopeOf(company, caller, today) };
};

/** The rate of a currency on the company's day of an instant; 1 for the reporting currency. */
export const ratesOf =
  (company: Company): RateOf =>
  (currency, at: Instant) => {
    const { reportingCurrency } = company;
    if (reportingCurrency === null) return undefined;
    const date = dayOf(at, zoneOf(company));
    if (currency === reportingCurrency) return { rate: { id: 'same-currency', date, value: '1' }, reportingCurrency };
    const rate = rateOn(company, currency, date);
    return rate && { rate: { id: rate.id, date: rate.from, value: rate.value }, reportingCurrency };
  };
