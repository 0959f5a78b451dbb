import type { Answer } from '../api/routes.ts';

export type Column = Answer<'GET /board'>['columns'][number];
type Card = Column['cards'][number];

/** What a held command makes of a card: the milestones that were just recorded, and whether it is still open. */
export type Held = { readonly milestones: readonly { readonly milestoneId: string }[]; readonly status: string };

/**
 * Shows cards where they will be: a card whose next milestone was just recorded stands in the column of that milestone, one that was won
 * or lost stands nowhere. Counts and sums stay as the server said them until it says new ones.
 */
export const columnsWithHeld = (columns: readonly Column[], heldOf: (card: Card) => Held): readonly Column[] => {
  const moved = new Map<string, Card[]>();
  const kept = columns.map((column) => ({
    ...column,
    cards: column.cards.filter((card) => {
      const { milestones, status } = heldOf(card);
      const reached = milestones.at(-1)?.milestoneId;
      if (status !== 'open') return false;
      if (reached === undefined || reached === column.milestoneId || !columns.some(({ milestoneId }) => milestoneId === reached))
        return true;
      moved.set(reached, [...(moved.get(reached) ?? []), card]);
      return false;
    }),
  }));
  return kept.map((column) => ({ ...column, cards: [...(moved.get(column.milestoneId ?? '') ?? []), ...column.cards] }));
};
