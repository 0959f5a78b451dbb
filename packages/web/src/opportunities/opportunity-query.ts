import type { Filter } from '../app/filter.ts';

export const sorts = ['newest', 'oldest', 'largest', 'smallest', 'account', 'silence'] as const;
export const statuses = ['open', 'won', 'lost', 'cancelled'] as const;

const oneOf = <Value extends string>(values: readonly Value[], value: string | undefined): Value | undefined =>
  values.find((each) => each === value);

/** What board and list have in common, from the address: both show the same opportunities. */
export const sharedQuery = (filter: Filter) => ({
  owner: filter['owner'],
  team: filter['team'],
  segment: filter['segment'],
  source: filter['source'],
  minAmount: filter['minAmount'],
  maxAmount: filter['maxAmount'],
  stalled: oneOf(['true', 'false'], filter['stalled']),
  sort: oneOf(sorts, filter['sort']),
});

export const statusIn = (filter: Filter): (typeof statuses)[number] => oneOf(statuses, filter['status']) ?? 'open';

/** Whether anything but process, view and order narrows what is shown. */
export const isFiltered = (filter: Filter): boolean =>
  ['owner', 'team', 'segment', 'source', 'minAmount', 'maxAmount', 'stalled', 'reached'].some((name) => filter[name] !== undefined);

export const noFilter: Filter = {
  owner: undefined,
  team: undefined,
  segment: undefined,
  source: undefined,
  minAmount: undefined,
  maxAmount: undefined,
  stalled: undefined,
  reached: undefined,
};
