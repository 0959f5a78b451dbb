import type { Node } from '../company/nodes.ts';

export const factors = ['amount', 'winRate', 'arrivals'] as const;

/** What somebody assumes to be otherwise: 1 changes nothing. */
export type Assumptions = { readonly [Factor in (typeof factors)[number]]: number } & {
  /** reps who would leave */
  readonly lostReps: readonly string[];
};

export const asItIs: Assumptions = { amount: 1, winRate: 1, arrivals: 1, lostReps: [] };

export const isChanged = ({ lostReps, ...others }: Assumptions): boolean =>
  lostReps.length > 0 || factors.some((factor) => others[factor] !== 1);

type Rep = { readonly repId: string; readonly teamId: string | null };

/** The reps whose business is in the figures of a node. */
export const repsBehind = <Each extends Rep>({ level, key }: Node, reps: readonly Each[]): readonly Each[] => {
  if (level === 'rep') return reps.filter(({ repId }) => repId === key);
  return level === 'team' ? reps.filter(({ teamId }) => teamId === key) : reps;
};
