import type { Filter } from '../app/filter.ts';

/** What a saved view holds of an address; the rest, such as an open sheet, belongs to nobody's view. */
const names = [
  'view',
  'process',
  'reached',
  'status',
  'owner',
  'team',
  'queue',
  'whose',
  'grade',
  'segment',
  'source',
  'minAmount',
  'maxAmount',
  'stalled',
  'sort',
] as const;

type Kept = Readonly<Partial<Record<(typeof names)[number], string>>>;

/** What of an address is saved. */
export const keptIn = (filter: Filter): Kept =>
  Object.fromEntries(names.flatMap((name) => (filter[name] === undefined ? [] : [[name, filter[name]]])));

/** The change of an address that shows a view: what the view does not hold is taken away. */
export const showing = (viewId: string | undefined, kept: Kept): Filter => ({
  ...Object.fromEntries(names.map((name) => [name, kept[name]])),
  saved: viewId,
});

/** Whether an address shows something else than the view that it names. */
export const isChanged = (filter: Filter, kept: Kept): boolean => names.some((name) => filter[name] !== kept[name]);
