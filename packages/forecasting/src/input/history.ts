// The history of one opportunity as the engine reads it: whole days, by the time of recording, without any estimate by a person.

/** Days since 1970-01-01 in the company's zone. */
export type DayNumber = number;

/** The smallest group that is forecast. Every node is a sum of cells, so levels add up. Unknown: ''. */
export type Cell = {
  readonly processId: string;
  readonly segment: string;
  readonly teamId: string;
  readonly ownerId: string;
};

/** How a dwell ended: `>` and a milestone's id, or the end of the opportunity. */
export type Exit = 'won' | 'lost' | `>${string}`;

/**
 * The time from entering a milestone (on day `since`) to leaving it. `milestone` '': none yet. A dwell that began and ended on one day has
 * `until` = `since`; the last dwell of an open opportunity has no end. A milestone that is reached again, or one before the furthest, makes
 * no dwell: the state is the furthest milestone in the order of the process.
 */
export type Dwell =
  | { readonly milestone: string; readonly since: DayNumber; readonly until: DayNumber; readonly exit: Exit }
  | { readonly milestone: string; readonly since: DayNumber; readonly until: null; readonly exit: null };

/** An order (`wins` 1) or its cancellation (`wins` -1, `minor` negative), on the day of its recording. */
export type BookedOrder = {
  readonly day: DayNumber;
  readonly wins: 1 | -1;
  /** signed minor units of the reporting currency */
  readonly minor: number;
  /** the amount that was known just before, unsigned; null: unknown */
  readonly known: number | null;
  readonly cell: Cell;
};

/** One opportunity. All lists are sorted by day, and the first three are never empty. */
export type OpportunityHistory = {
  readonly id: string;
  readonly dwells: readonly Dwell[];
  /** its cells since when; the last one is the present one. The first `since` is the day of arrival */
  readonly cells: readonly { readonly since: DayNumber; readonly cell: Cell }[];
  /** its known amounts (list or requested) since when; null: unknown */
  readonly amounts: readonly { readonly since: DayNumber; readonly minor: number | null }[];
  readonly orders: readonly BookedOrder[];
};

/** An opportunity that was open at the end of a day, as it was then. */
export type OpenState = {
  readonly cell: Cell;
  readonly milestone: string;
  readonly since: DayNumber;
  readonly known: number | null;
};

const latest = <Entry extends { readonly since: DayNumber }>(entries: readonly Entry[], on: DayNumber): Entry | undefined =>
  entries.findLast((entry) => entry.since <= on);

/** The state of an opportunity at the end of day `on`; undefined if it had not arrived or had ended. */
export const openStateOn = (history: OpportunityHistory, on: DayNumber): OpenState | undefined => {
  const dwell = latest(history.dwells, on);
  const placed = latest(history.cells, on);
  if (dwell === undefined || placed === undefined) return undefined;
  const isOver = dwell.until !== null && dwell.until <= on;
  if (isOver) return undefined;
  return { cell: placed.cell, milestone: dwell.milestone, since: dwell.since, known: latest(history.amounts, on)?.minor ?? null };
};

/** The cell in which an opportunity counted at the end of a day; before its arrival, its first cell. */
export const cellOn = (history: OpportunityHistory, on: DayNumber): Cell => {
  const entry = latest(history.cells, on) ?? history.cells[0];
  if (entry === undefined) throw new RangeError(`opportunity ${history.id} is nowhere`);
  return entry.cell;
};
