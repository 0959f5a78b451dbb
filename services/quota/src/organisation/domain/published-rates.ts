import { ratesPublished, type ExchangeRate } from '@meilenstein/contracts';
import { decided, type Currency, type Decision } from '@meilenstein/kernel';

export type PublishedRates = { readonly reportingCurrency: Currency; readonly rates: readonly ExchangeRate[] };
type RatesChange = ReturnType<typeof ratesPublished.of>;

/** A currency has one rate for each first day. */
const rateKey = ({ currency, from }: Pick<ExchangeRate, 'currency' | 'from'>): string => `${currency} ${from}`;

const byKey = (rates: readonly ExchangeRate[]): ReadonlyMap<string, ExchangeRate> => new Map(rates.map((rate) => [rateKey(rate), rate]));

/** By currency, then by day: the order in which they were sent does not matter. */
const inOrder = (rates: Iterable<ExchangeRate>): readonly ExchangeRate[] =>
  [...rates].toSorted((a, b) => (a.currency === b.currency ? (a.from < b.from ? -1 : 1) : a.currency < b.currency ? -1 : 1));

const isHeld = (rates: ReadonlyMap<string, ExchangeRate>, rate: ExchangeRate): boolean => {
  const held = rates.get(rateKey(rate));
  return held?.id === rate.id && held.value === rate.value;
};

/** The rates after a change. */
export const applyRates = (before: PublishedRates | undefined, { data }: Pick<RatesChange, 'data'>): PublishedRates => {
  const { reportingCurrency, rates, withdrawn = [], isComplete = false } = data;
  const held = new Map(isComplete ? [] : byKey(before?.rates ?? []));
  for (const rate of withdrawn) held.delete(rateKey(rate));
  for (const rate of rates) held.set(rateKey(rate), rate);
  return { reportingCurrency, rates: inOrder(held.values()) };
};

/**
 * Says what changes: the rates that are new or different, and those that are left out. Where that is more than the complete list, the list is
 * said, so that no change is larger than it.
 */
export const alignRates = (before: PublishedRates | undefined, wanted: PublishedRates): Decision<RatesChange, never> => {
  const [held, next] = [byKey(before?.rates ?? []), byKey(wanted.rates)];
  const changed = inOrder(wanted.rates.filter((rate) => !isHeld(held, rate)));
  const withdrawn = [...held.values()].filter((rate) => !next.has(rateKey(rate))).map(({ currency, from }) => ({ currency, from }));
  const { reportingCurrency } = wanted;
  if (before?.reportingCurrency === reportingCurrency && changed.length + withdrawn.length === 0) return decided();
  return changed.length + withdrawn.length < wanted.rates.length
    ? decided(ratesPublished.of({ reportingCurrency, rates: [...changed], ...(withdrawn.length === 0 ? {} : { withdrawn }) }))
    : decided(ratesPublished.of({ reportingCurrency, rates: [...inOrder(wanted.rates)], isComplete: true }));
};
