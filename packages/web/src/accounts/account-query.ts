import type { Filter } from '../app/filter.ts';

export const accountSorts = ['open', 'name', 'newest'] as const;
export const accountChannels = ['direct', 'reseller', 'distributor', 'affiliate', 'marketplace'] as const;

const oneOf = <Value extends string>(values: readonly Value[], value: string | undefined): Value | undefined =>
  values.find((each) => each === value);

export const sortIn = (filter: Filter): (typeof accountSorts)[number] => oneOf(accountSorts, filter['sort']) ?? 'open';

/** The query of the list from the address. */
export const accountQuery = (filter: Filter) => ({
  limit: 100,
  owner: filter['owner'],
  channel: oneOf(accountChannels, filter['channel']),
  industry: filter['industry'],
  country: filter['country'],
  sort: sortIn(filter),
});

export const isFiltered = (filter: Filter): boolean =>
  ['owner', 'channel', 'industry', 'country'].some((name) => filter[name] !== undefined);

export const noFilter: Filter = { owner: undefined, channel: undefined, industry: undefined, country: undefined };
