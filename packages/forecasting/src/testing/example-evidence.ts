// Evidence made of a few events, for the tests of the engine.
import { additionsOf, type CellAddition } from '../counts/counters.ts';
import type { CountedCell, Evidence } from '../input/evidence.ts';
import { historyOf, type FlowEvent } from '../counts/flow-events.ts';
import { openStateOn, type DayNumber, type OpportunityHistory } from '../input/history.ts';

export const milestones = ['need', 'offer', 'trial'] as const;
const rank = new Map<string, number>(milestones.map((id, at) => [id, at]));

/** Histories that events tell, with the process need, offer, trial. */
export const historiesOf = (events: readonly FlowEvent[]): readonly OpportunityHistory[] =>
  [...Map.groupBy(events, (event) => event.opportunityId)].map(([id, own]) => historyOf(id, own, rank));

const nameOf = ({ cell }: CellAddition): string => JSON.stringify(cell);

/** Additions summed by cell; numbers that came to nothing are left out, and so are cells without any. */
export const cellsOf = (additions: readonly CellAddition[], signs: readonly (1 | -1)[] = []): readonly CountedCell[] => {
  const cells = new Map<string, { readonly cell: CountedCell['cell']; readonly counts: Record<string, number> }>();
  additions.forEach((addition, index) => {
    const counts: Record<string, number> = cells.get(nameOf(addition))?.counts ?? {};
    for (const [name, count] of Object.entries(addition.by)) counts[name] = (counts[name] ?? 0) + (signs[index] ?? 1) * count;
    cells.set(nameOf(addition), { cell: addition.cell, counts });
  });
  return [...cells.values()]
    .map(({ cell, counts }) => ({ cell, counts: Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0)) }))
    .filter(({ counts }) => Object.keys(counts).length > 0);
};

/** What events said by the end of the day before `today`. */
export const evidenceOf = (events: readonly FlowEvent[], today: DayNumber): Evidence => {
  const histories = historiesOf(events.filter((event) => event.day < today));
  return {
    processes: [{ processId: '', milestones: milestones.map((milestone) => ({ milestone, conversion: null, medianDays: null })) }],
    cells: cellsOf(histories.flatMap(additionsOf)),
    open: histories.filter((history) => openStateOn(history, today) !== undefined),
    past: [],
  };
};
