import type { ProcessShape } from '../input/forecast-input.ts';
import { emptyFlowCounts } from '../counts/flow-counts.ts';
import { cellOn, type DayNumber, type OpportunityHistory, type Cell } from '../input/history.ts';
import type { TrainingExample } from '../learning/learned-parameters.ts';
import { firstOnOrAfter } from '../baselines/outcome-series.ts';
import { arrivalColumns, never, orderColumns, cellsOf, dwellColumns } from './replay-columns.ts';
import type { ProcessFlow, Situation } from '../input/situation.ts';
import { walkDwells } from '../counts/dwell-walk.ts';
import { worthByDay } from '../amounts/worth-by-day.ts';

export type Replay = {
  /** What was known at the beginning of a day. Days must be asked for in ascending order. */
  readonly at: (today: DayNumber, trainingData: readonly TrainingExample[]) => Situation;
};

const arrivalOf = (history: OpportunityHistory): DayNumber => history.cells[0]?.since ?? 0;

const sortedHistories = (histories: readonly OpportunityHistory[]): readonly OpportunityHistory[] =>
  histories.toSorted((a, b) => arrivalOf(a) - arrivalOf(b) || (a.id < b.id ? -1 : 1));

/** The cell and the known amount of each history by day. Most have only one of each, so only the others are searched. */
const biographies = (histories: readonly OpportunityHistory[], indexOf: (cell: Cell) => number) => {
  const changing = new Map(
    histories.flatMap((history, index) => (history.cells.length > 1 || history.amounts.length > 1 ? [[index, history] as const] : [])),
  );
  const onlyCell = Int32Array.from(histories, (history) => indexOf(cellOn(history, never)));
  const onlyAmount = Float64Array.from(histories, ({ amounts: [first] }) => first?.minor ?? Number.NaN);
  return {
    arrived: Int32Array.from(histories, arrivalOf),
    cellAt: (history: number, on: DayNumber): number => {
      const moved = changing.get(history);
      return moved === undefined ? (onlyCell[history] ?? 0) : indexOf(cellOn(moved, on));
    },
    knownAt: (history: number, on: DayNumber): number => {
      const amended = changing.get(history);
      if (amended === undefined) return onlyAmount[history] ?? Number.NaN;
      return amended.amounts.findLast((amount) => amount.since <= on)?.minor ?? Number.NaN;
    },
  };
};

const processFlows = (shapes: readonly ProcessShape[], segments: readonly string[]): readonly ProcessFlow[] =>
  shapes.map(({ processId, milestones }) => ({
    processId,
    counts: emptyFlowCounts(['', ...milestones.map((one) => one.milestone)], segments),
    prior: [{ conversion: null, medianDays: null }, ...milestones],
  }));

/** Moves through histories by recorded day. `shapes` gives the processes and the order of their milestones. */
export const replayOf = (given: readonly OpportunityHistory[], shapes: readonly ProcessShape[], startMonth: number): Replay => {
  const histories = sortedHistories(given);
  const { cells, indexOf } = cellsOf(histories);
  const segments = [...new Set(cells.map((cell) => cell.segment))].toSorted();
  const processes = processFlows(shapes, segments);
  const processIndex = new Map(processes.map(({ processId }, index) => [processId, index]));
  const processOf = Int32Array.from(cells, (cell) => processIndex.get(cell.processId) ?? 0);
  const segmentOf = Int32Array.from(cells, (cell) => segments.indexOf(cell.segment));
  const dwells = dwellColumns(histories, (processId) => processes[processIndex.get(processId) ?? 0]?.counts.milestones ?? ['']);
  const arrivals = arrivalColumns(histories, indexOf);
  const orders = orderColumns(histories, indexOf);
  const { arrived, cellAt, knownAt } = biographies(histories, indexOf);
  const walk = walkDwells(dwells, processes, { cellAt, processOf, segmentOf });
  const worthBefore = worthByDay(orders);
  const firstArrival = arrivals.day[0];
  const openOf = (standing: Int32Array, today: DayNumber): Situation['open'] => {
    const history = standing.map((dwell) => dwells.history[dwell] ?? 0);
    return {
      length: standing.length,
      cell: history.map((one) => cellAt(one, today - 1)),
      milestone: standing.map((dwell) => dwells.milestone[dwell] ?? 0),
      since: standing.map((dwell) => dwells.since[dwell] ?? 0),
      arrived: history.map((one) => arrived[one] ?? 0),
      known: Float64Array.from(history, (one) => knownAt(one, today - 1)),
    };
  };
  return {
    at: (today, trainingData) => ({
      today,
      startMonth,
      firstDay: Math.min(today, firstArrival ?? today),
      cells,
      processOf,
      segmentOf,
      processes,
      arrivals: { ...arrivals, length: firstOnOrAfter(arrivals.day, arrivals.length, today) },
      orders: { ...orders.columns, length: firstOnOrAfter(orders.columns.day, orders.columns.length, today) },
      worth: worthBefore(today),
      open: openOf(walk.to(today), today),
      trainingData,
    }),
  };
};
