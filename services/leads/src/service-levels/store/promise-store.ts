import { factReader, marketingPromised, type MarketingFact, type MarketingPromise } from '@meilenstein/contracts';
import { addDays, utcDayOf, type Day } from '@meilenstein/kernel';
import { aggregateStore, queryAll, type Item, type Machinery } from '@meilenstein/runtime';
import * as z from 'zod';
import { evolvePromise, monthsPromise, noPromise, promiseMonth, type MonthsPromise } from '../domain/marketing-promises.ts';
import { qualifiedLead, salesEntry, type QualifiedLead, type SalesEntry, type Span } from '../domain/service-ledger.ts';
import { ledgerDay, prefixes, qualifiedDay } from '../../keys.ts';

const entryItem = z.looseObject({ entry: salesEntry });
const qualifiedItem = z.looseObject({ qualified: qualifiedLead });

const daysOf = ({ from, until }: Span): readonly Day[] => {
  const days: Day[] = [];
  for (let on = utcDayOf(from); on <= utcDayOf(until); on = addDays(on, 1)) days.push(on);
  return days;
};
const atOnce = 8;

/** What marketing promised by month, and the books of both sides by day. */
export const promiseStore = (machinery: Machinery) => {
  const store = aggregateStore<MonthsPromise, MarketingFact>(
    {
      prefix: prefixes.promises,
      owner: 'leads',
      schemaNumber: 1,
      schema: monthsPromise,
      initial: noPromise,
      fact: factReader([marketingPromised]),
      evolve: evolvePromise,
    },
    machinery,
  );

  const ofDays = async (days: readonly string[]): Promise<readonly Item[]> => {
    const found: Item[] = [];
    for (let from = 0; from < days.length; from += atOnce) {
      const some = days.slice(from, from + atOnce);
      found.push(...(await Promise.all(some.map((partition) => queryAll(machinery.table, { partition })))).flat());
    }
    return found;
  };

  return {
    ofMonth: async (month: string): Promise<MonthsPromise> => (await store.find(month))?.state ?? noPromise,
    promise: (
      month: string,
      promises: readonly MarketingPromise[],
      { about, ...options }: { readonly about: Parameters<typeof promiseMonth>[2]; readonly expectedVersion?: number },
    ) => store.change(month, (state) => promiseMonth(state, { month, promises }, about), options),
    /** every promise of sales that was due or answered in a time, each once */
    salesIn: async (span: Span): Promise<readonly SalesEntry[]> => {
      const entries = (await ofDays(daysOf(span).map(ledgerDay))).map((item) => entryItem.parse(item).entry);
      return [...new Map(entries.map((entry) => [`${entry.leadId} ${entry.promise}`, entry])).values()];
    },
    qualifiedIn: async (span: Span): Promise<readonly QualifiedLead[]> =>
      (await ofDays(daysOf(span).map(qualifiedDay))).map((item) => qualifiedItem.parse(item).qualified),
  };
};
export type PromiseStore = ReturnType<typeof promiseStore>;
