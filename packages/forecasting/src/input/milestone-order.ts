// The order of the milestones of an unpublished process follows from the opportunities that went through them.

/** The days on which one opportunity first reached each milestone. `-1`, before every day, means that it began there. */
export type FirstDays = ReadonlyMap<string, number>;

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Milestones from first to last. One precedes another when more opportunities reached it on an earlier day. Where days do not decide (both
 * always on one day), the more frequent milestone comes first. The result does not depend on the order of the opportunities.
 */
export const milestoneOrder = (opportunities: Iterable<FirstDays>): readonly string[] => {
  const reached = new Map<string, number>();
  const before = new Map<string, number>();
  const pair = (a: string, b: string): string => `${a}\n${b}`;
  for (const days of opportunities) {
    const entries = [...days];
    for (const [a, dayOfA] of entries) {
      reached.set(a, (reached.get(a) ?? 0) + 1);
      for (const [b, dayOfB] of entries) if (dayOfA < dayOfB) before.set(pair(a, b), (before.get(pair(a, b)) ?? 0) + 1);
    }
  }
  const ids = [...reached.keys()];
  const precedence = (id: string): number =>
    ids
      .filter((other) => other !== id)
      .toSorted(compareText)
      .reduce((sum, other) => {
        const [ahead, behind] = [before.get(pair(id, other)) ?? 0, before.get(pair(other, id)) ?? 0];
        return sum + (ahead - behind) / (ahead + behind + 2);
      }, 0);
  return ids
    .map((id) => ({ id, precedence: precedence(id), reached: reached.get(id) ?? 0 }))
    .toSorted((a, b) => b.precedence - a.precedence || b.reached - a.reached || compareText(a.id, b.id))
    .map(({ id }) => id);
};
