import { oldest } from '../counts/ages.ts';
import { arrivalPace } from '../hazards/arrival-pace.ts';
import type { ForecastWindow } from '../input/forecast-input.ts';
import { fitHazards, type Hazards } from '../hazards/hazards.ts';
import { orderWorth } from '../amounts/order-worth.ts';
import { outsizedFrom } from '../amounts/outsized.ts';
import type { Situation } from '../input/situation.ts';
import { winTable, type WinTable } from './win-table.ts';

/** The highest chance: no opportunity is certain. */
export const highest = 0.98;

/** The parts of the flow that do not depend on the window. */
export type FlowModel = {
  readonly hazards: readonly Hazards[];
  readonly worth: ReturnType<typeof orderWorth>;
  readonly pace: Float64Array;
  /** the value from which an opportunity is outsized */
  readonly outsizedFrom: number;
};

export const flowModel = (situation: Situation): FlowModel => ({
  hazards: situation.processes.map(({ counts, prior }) => fitHazards(counts, prior, situation)),
  worth: orderWorth(situation),
  pace: arrivalPace(situation),
  outsizedFrom: outsizedFrom(situation),
});

/** The win tables of a window, one for each process and segment, made when first needed. */
export const tablesOf = (
  { hazards }: FlowModel,
  situation: Pick<Situation, 'today' | 'processOf' | 'segmentOf'>,
  window: ForecastWindow,
): ((cell: number) => WinTable | undefined) => {
  const tables = new Map<string, WinTable>();
  const span = { today: situation.today, from: Math.max(window.from, situation.today), until: window.until };
  return (cell) => {
    const [process, segment] = [situation.processOf[cell] ?? 0, situation.segmentOf[cell] ?? 0];
    const key = `${process} ${segment}`;
    const fitted = hazards[process];
    const table = tables.get(key) ?? (fitted === undefined ? undefined : winTable(fitted, segment, span));
    if (table !== undefined) tables.set(key, table);
    return table;
  };
};

/** The chance that an opportunity is won within the window. */
export const chanceOf = (table: WinTable | undefined, milestone: number, age: number): number =>
  Math.min(highest, table?.now[milestone]?.[Math.min(Math.max(0, age), oldest)] ?? 0);
