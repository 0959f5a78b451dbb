import type { MilestoneState } from './course.ts';
import type { Flow, ProcessVersion } from './facts.ts';

/** Fewer ended stays than this say little about a milestone; the figures of all milestones together stand in. */
export const enoughStays = 30;

/**
 * The weak prior of the pooled figures: two stays of three weeks, one of which went on and one was lost. It decides alone where nothing
 * has ended yet and is invisible after a few dozen stays.
 */
const prior = { onward: 1, lost: 1, days: 42 };

/** No opportunity is ever certain. */
const highest = 0.98;

/** Chances of one day in a milestone. `to`: by the position in the process; position 0 is "no milestone yet", the last one the order. */
type DayChances = { readonly to: readonly { readonly position: number; readonly chance: number }[]; readonly stay: number };

export type Chances = {
  /** by position, for k = 0 … days: the chance to be won within k days */
  readonly within: readonly (readonly number[])[];
  readonly positionOf: (milestone: MilestoneState) => number;
};

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
const onwardOf = (flow: Flow): number => flow.won + sum(Object.values(flow.to));

type Pooled = { readonly onward: number; readonly lost: number; readonly days: number };

/** All ended stays together, without those in a last milestone: that one is the order itself. */
export const pooledOf = (flows: readonly Flow[], processes: readonly ProcessVersion[]): Pooled => {
  const orders = new Set(processes.map((process) => `${process.processId}/${process.milestoneIds.at(-1)}`));
  const counted = flows.filter((flow) => !orders.has(`${flow.processId}/${flow.milestoneId}`));
  return {
    onward: prior.onward + sum(counted.map(onwardOf)),
    lost: prior.lost + sum(counted.map((flow) => flow.lost)),
    days: prior.days + sum(counted.map((flow) => flow.days)),
  };
};

/**
 * Geometric stays: of `exits` stays that lasted `days` whole days together, exits / (exits + days) end on any day. That chance does not
 * depend on the age, and the ways out compete in proportion to their numbers.
 */
const dayChances = (exits: number, days: number, onward: readonly (readonly [number, number])[]): DayChances => ({
  to: onward.map(([position, count]) => ({ position, chance: count / (exits + days) })),
  stay: days / (exits + days),
});

const chancesOf = (flow: Flow | undefined, position: number, milestoneIds: readonly string[], pooled: Pooled): DayChances => {
  const exits = flow === undefined ? 0 : onwardOf(flow) + flow.lost;
  if (flow === undefined || exits < enoughStays)
    return dayChances(pooled.onward + pooled.lost, pooled.days, [[position + 1, pooled.onward]]);
  const order = milestoneIds.length;
  const known = Object.entries(flow.to).map(([id, count]): readonly [number, number] => {
    const target = milestoneIds.indexOf(id) + 1;
    // a milestone that this version of the process does not have, or has earlier, is at least a step onward
    return [target > position ? target : position + 1, count];
  });
  return dayChances(exits, flow.days, [...known, [order, flow.won]]);
};

/**
 * The chance to be won within 0 … `days` days from each milestone of a process: backwards over milestones, forwards over days; several
 * milestones may be reached on one day. More days never lower it.
 */
export const winChances = (process: ProcessVersion, flows: readonly Flow[], pooled: Pooled, days: number): Chances => {
  // a process that has not been heard of yet is one step long
  const milestoneIds = process.milestoneIds.length === 0 ? ['order'] : process.milestoneIds;
  const order = milestoneIds.length;
  const own = flows.filter((flow) => flow.processId === process.processId);
  const within: number[][] = Array.from({ length: order + 1 }, () => []);
  within[order] = Array.from({ length: days + 1 }, () => 1);
  for (let position = order - 1; position >= 0; position -= 1) {
    const id = position === 0 ? null : milestoneIds[position - 1];
    const chances = chancesOf(
      own.find((flow) => flow.milestoneId === id),
      position,
      milestoneIds,
      pooled,
    );
    const line = [0];
    for (let day = 1; day <= days; day += 1) {
      const onward = chances.to.map(({ position: next, chance }) => chance * (within[next]?.[day] ?? 0));
      line.push(Math.min(1, sum(onward) + chances.stay * (line[day - 1] ?? 0)));
    }
    within[position] = line;
  }
  return { within, positionOf: (milestone) => (milestone === null ? 0 : Math.min(order, milestoneIds.indexOf(milestone) + 1)) };
};

/** The chance that an opportunity at a milestone is won within `days` days. */
export const winProbability = (chances: Chances, milestone: MilestoneState, days: number): number =>
  days <= 0 ? 0 : Math.min(highest, chances.within[chances.positionOf(milestone)]?.[days] ?? 0);
