// The events of a flow file, and the histories made from them.
import type { DayNumber, Exit, OpportunityHistory, BookedOrder, Cell, Dwell } from '../input/history.ts';
import type { FirstDays } from '../input/milestone-order.ts';

export type FlowEvent = {
  readonly opportunityId: string;
  /** the day on which it became known */
  readonly day: DayNumber;
  readonly kind: 'created' | 'milestone' | 'won' | 'lost';
  readonly milestone: string;
  /** minor units; known on `created` and `milestone`, realised on `won`; null: unknown */
  readonly minor: number | null;
  readonly owner: string;
  readonly team: string;
  readonly segment: string;
};

const kindOrder = { created: 0, milestone: 1, lost: 2, won: 3 } as const;

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const cellIn = (event: FlowEvent): Cell => ({ processId: '', segment: event.segment, teamId: event.team, ownerId: event.owner });

/**
 * Sorts an opportunity's events so that the result does not depend on the order of arrival: by day; within a day the creation, the
 * milestones from first to last, and the end; then by content, so that equal events are neighbours.
 */
const inOrder = (events: readonly FlowEvent[], rank: ReadonlyMap<string, number>): readonly FlowEvent[] =>
  events.length === 1
    ? events
    : events.toSorted(
        (a, b) =>
          a.day - b.day ||
          kindOrder[a.kind] - kindOrder[b.kind] ||
          (rank.get(a.milestone) ?? 0) - (rank.get(b.milestone) ?? 0) ||
          compareText(a.milestone, b.milestone) ||
          (a.minor ?? -1) - (b.minor ?? -1) ||
          compareText(`${a.owner}\n${a.team}\n${a.segment}`, `${b.owner}\n${b.team}\n${b.segment}`),
      );

/** The first day on which an opportunity reached each milestone. The milestone it was created with comes before all others. */
export const firstDaysOf = (events: readonly FlowEvent[], before: DayNumber): FirstDays => {
  const days = new Map<string, number>();
  for (const { day, kind, milestone } of events) {
    if (day >= before || milestone === '' || (kind !== 'created' && kind !== 'milestone')) continue;
    const at = kind === 'created' ? -1 : day;
    days.set(milestone, Math.min(days.get(milestone) ?? at, at));
  }
  return days;
};

type Draft = { dwells: Dwell[]; cells: { since: DayNumber; cell: Cell }[]; amounts: { since: DayNumber; minor: number | null }[] };

const sameCell = (a: Cell, b: Cell): boolean => a.ownerId === b.ownerId && a.teamId === b.teamId && a.segment === b.segment;

const leave = (draft: Draft, day: DayNumber, exit: Exit): void => {
  const last = draft.dwells.at(-1);
  if (last !== undefined) draft.dwells[draft.dwells.length - 1] = { milestone: last.milestone, since: last.since, until: day, exit };
};

/** Ignores a milestone that is not beyond the furthest one. */
const reach = (draft: Draft, event: FlowEvent, rank: ReadonlyMap<string, number>): void => {
  const at = draft.dwells.at(-1)?.milestone ?? '';
  const position = rank.get(event.milestone);
  if (position === undefined || position <= (at === '' ? -1 : (rank.get(at) ?? -1))) return;
  leave(draft, event.day, `>${event.milestone}`);
  draft.dwells.push({ milestone: event.milestone, since: event.day, until: null, exit: null });
};

const note = (draft: Draft, event: FlowEvent): void => {
  const cell = cellIn(event);
  const last = draft.cells.at(-1);
  if (last === undefined || !sameCell(last.cell, cell)) draft.cells.push({ since: event.day, cell });
  const isNews = event.minor !== null && event.minor !== draft.amounts.at(-1)?.minor;
  if (event.kind !== 'won' && (isNews || draft.amounts.length === 0)) draft.amounts.push({ since: event.day, minor: event.minor });
};

/** The history of one opportunity. `rank` gives the positions of the milestones; events of other milestones are ignored. */
export const historyFromEvents = (id: string, events: readonly FlowEvent[], rank: ReadonlyMap<string, number>): OpportunityHistory => {
  const draft: Draft = { dwells: [], cells: [], amounts: [] };
  const orders: BookedOrder[] = [];
  let isOver = false;
  for (const event of inOrder(events, rank)) {
    if (isOver) break;
    const known = draft.amounts.at(-1)?.minor ?? null;
    if (draft.dwells.length === 0) draft.dwells.push({ milestone: '', since: event.day, until: null, exit: null });
    note(draft, event);
    if (event.kind === 'created' || event.kind === 'milestone') reach(draft, event, rank);
    else {
      leave(draft, event.day, event.kind);
      if (event.kind === 'won') orders.push({ day: event.day, wins: 1, minor: event.minor ?? known ?? 0, known, cell: cellIn(event) });
      isOver = true;
    }
  }
  if (draft.amounts.length === 0) draft.amounts.push({ since: draft.cells[0]?.since ?? 0, minor: null });
  return { id, ...draft, orders };
};
