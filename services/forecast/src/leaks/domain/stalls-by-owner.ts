import type { WaitingWithOwner } from './report-leaks.ts';

/** How many stalled opportunities each owner has in each team, by owner. */
export type StalledOfOwner = { readonly repId: string; readonly teamId: string; readonly stalled: number };

export const stallsByOwner = (stalls: readonly Pick<WaitingWithOwner, 'repId' | 'teamId'>[]): readonly StalledOfOwner[] =>
  [...Map.groupBy(stalls, ({ repId, teamId }) => `${repId} ${teamId}`)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, [first, ...others]]) =>
      first === undefined ? [] : [{ repId: first.repId, teamId: first.teamId, stalled: others.length + 1 }],
    );
