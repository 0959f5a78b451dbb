import { firstMove, lostExit, wonExit } from '../counts/flow-counts.ts';

/** The prior of a cold start: eventual conversion and median days of each milestone, '' first. null: unknown. */
export type FlowPrior = readonly { readonly conversion: number | null; readonly medianDays: number | null }[];

// Without counts and without a template: a median dwell of three weeks, and one in two goes on.
const unknownHazard = Math.LN2 / 42;

/** Whether a template gives figures for a milestone. */
export const isKnown = (one: FlowPrior[number] | undefined): boolean =>
  one !== undefined && one.conversion !== null && one.medianDays !== null;

/** Prior chances per day of the ways out of a milestone: to the next one (or won), and lost. */
export const priorHazards = (milestones: readonly string[], prior: FlowPrior | null, milestone: number): ReadonlyMap<number, number> => {
  const next = milestone + 1 < milestones.length ? firstMove + milestone + 1 : wonExit;
  const { conversion, medianDays } = prior?.[milestone] ?? { conversion: null, medianDays: null };
  if (conversion === null || medianDays === null)
    return new Map([
      [next, unknownHazard],
      [lostExit, unknownHazard],
    ]);
  const pace = Math.LN2 / Math.max(1, medianDays);
  return new Map([
    [next, Math.min(1, conversion * pace)],
    [lostExit, Math.min(1, (1 - conversion) * pace)],
  ]);
};
