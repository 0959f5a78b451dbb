import type { Filter } from '../app/filter.ts';

export const leadStates = ['open', 'new', 'working', 'mql', 'sql', 'converted', 'disqualified'] as const;
export const leadSorts = ['due', 'newest', 'oldest', 'score', 'title'] as const;

const oneOf = <Value extends string>(values: readonly Value[], value: string | undefined): Value | undefined =>
  values.find((each) => each === value);

export const stateIn = (filter: Filter): (typeof leadStates)[number] => oneOf(leadStates, filter['status']) ?? 'open';
export const sortIn = (filter: Filter): (typeof leadSorts)[number] => oneOf(leadSorts, filter['sort']) ?? 'due';

/** The query of the list from the address: what sales still has to work on, the next deadline first, unless asked otherwise. */
export const leadQuery = (filter: Filter, repId: string | null) => ({
  limit: 100,
  status: stateIn(filter),
  sort: sortIn(filter),
  owner: filter['whose'] === 'mine' && repId !== null ? repId : filter['owner'],
  team: filter['team'],
  queue: filter['queue'],
  grade: oneOf(['A', 'B', 'C', 'D'], filter['grade']),
  source: filter['source'],
});

export const isFiltered = (filter: Filter): boolean =>
  ['whose', 'owner', 'team', 'queue', 'grade', 'source', 'status'].some((name) => filter[name] !== undefined);

export const noFilter: Filter = {
  whose: undefined,
  owner: undefined,
  team: undefined,
  queue: undefined,
  grade: undefined,
  source: undefined,
  status: undefined,
};
