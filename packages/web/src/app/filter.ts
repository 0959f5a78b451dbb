import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

/** The filter of a screen as it stands in the address: words and numbers only, never a name of a person. */
export type Filter = Readonly<Record<string, string | undefined>>;

const isValue = (value: unknown): value is string | number | boolean => ['string', 'number', 'boolean'].includes(typeof value);

/** Reads the query of an address; what is empty or is no plain value is left out. */
export const filterIn = (search: Readonly<Record<string, unknown>>): Filter =>
  Object.fromEntries(
    Object.entries(search).flatMap(([name, value]): [string, string][] => (isValue(value) && value !== '' ? [[name, String(value)]] : [])),
  );

/** The filter of this screen, and a function that changes some of it; the address changes with it, so a reload or a link shows the same. */
export const useFilter = (): readonly [Filter, (changed: Filter) => void] => {
  const filter: Filter = filterIn(useSearch({ strict: false }));
  const navigate = useNavigate();
  const change = useCallback(
    (changed: Filter) => void navigate({ to: '.', search: (before: Filter) => filterIn({ ...before, ...changed }), replace: true }),
    [navigate],
  );
  return [filter, change];
};
