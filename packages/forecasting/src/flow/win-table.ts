import { ageBin, ageEdges, oldest } from '../counts/ages.ts';
import { firstMove, lostExit, wonExit } from '../counts/flow-counts.ts';
import type { Hazards } from '../hazards/hazards.ts';
import type { DayNumber } from '../input/history.ts';

/** The days on which a win counts. `today` is the first day on which anything can still happen. */
export type Span = { readonly today: DayNumber; readonly from: DayNumber; readonly until: DayNumber };

/**
 * Chances of a win within the window. `now[milestone][age]`: for an opportunity that today has spent `age` days at a milestone;
 * `arriving[n]`: for one that arrives n days from today.
 */
export type WinTable = { readonly now: readonly Float64Array[]; readonly arriving: Float64Array };

const ages = oldest + 1;

/** One day's chances of a segment in a calendar class, by milestone, exit and age bin. `stay` is the chance of no exit. */
type DayChances = { readonly exits: readonly (readonly Float64Array[])[]; readonly stay: readonly Float64Array[] };

/** A way out that is never taken. */
const never = new Float64Array(0);

const dayChances = (hazards: Hazards, segment: number, calendarClass: number): DayChances => {
  const factors = hazards.segment[segment];
  const base = hazards.ofClass[calendarClass] ?? [];
  const stay = base.map(() => new Float64Array(ageEdges.length));
  const exits = base.map((ways) =>
    ways.map((way, exit) => (way.some((chance) => chance > 0) ? way.map((chance) => chance * (factors?.[exit] ?? 1)) : never)),
  );
  exits.forEach((ways, m) => {
    for (let a = 0; a < ageEdges.length; a += 1) {
      const sum = ways.reduce((all, way) => all + (way[a] ?? 0), 0);
      // factors may push the sum of competing chances above 1: then each is divided by the sum
      if (sum > 1) for (const way of ways) if (way.length > 0) way[a] = (way[a] ?? 0) / sum;
      const left = stay[m];
      if (left !== undefined) left[a] = Math.max(0, 1 - sum);
    }
  });
  return { exits, stay };
};

/** What the exits of one day are worth, by age bin. A win counts on days of the window; a move continues at age 0 on the same day. */
const gainOf = (ways: readonly Float64Array[], milestone: number, wins: number, lines: readonly Float64Array[]): Float64Array => {
  const gain = new Float64Array(ageEdges.length);
  ways.forEach((way, exit) => {
    if (exit === lostExit || way.length === 0) return;
    const target = exit - firstMove;
    if (exit !== wonExit && target <= milestone) return;
    const worth = exit === wonExit ? wins : (lines[target]?.[0] ?? 0);
    for (let a = 0; a < gain.length; a += 1) gain[a] = (gain[a] ?? 0) + (way[a] ?? 0) * worth;
  });
  return gain;
};

const binOf = Uint8Array.from({ length: ages }, (_, age) => ageBin(age));

/**
 * Competing risks, backwards over the days and from the last milestone to the first (docs/model/forecast.md 4.1):
 * V(d, m, a) = won + Σ move · V(d, m', 0) + stay · V(d + 1, m, a + 1).
 */
export const winTable = (hazards: Hazards, segment: number, { today, from, until }: Span): WinTable => {
  const milestones = hazards.ofClass[0]?.length ?? 0;
  const lines = Array.from({ length: milestones }, () => new Float64Array(ages));
  const arriving = new Float64Array(Math.max(0, until - today));
  const byClass = Array.from({ length: hazards.classes.count }, (_, index) => dayChances(hazards, segment, index));
  for (let day = until - 1; day >= today; day -= 1) {
    const chances = byClass[hazards.classes.of(day)];
    for (let m = milestones - 1; m >= 0; m -= 1) {
      const line = lines[m];
      const stay = chances?.stay[m];
      if (line === undefined || stay === undefined) continue;
      const gain = gainOf(chances?.exits[m] ?? [], m, day >= from ? 1 : 0, lines);
      // upwards: each age reads the next one, which still holds tomorrow's value
      for (let age = 0; age < ages; age += 1) {
        const bin = binOf[age] ?? 0;
        line[age] = (gain[bin] ?? 0) + (stay[bin] ?? 0) * (line[age === oldest ? oldest : age + 1] ?? 0);
      }
    }
    arriving[day - today] = lines[0]?.[0] ?? 0;
  }
  return { now: lines, arriving };
};
