/** The books of a source on a day, as the API has them. */
export type Reconciliation = {
  readonly received: number;
  readonly created: number;
  readonly attached: number;
  readonly quarantined: number;
  readonly rejected: Readonly<Record<string, number>>;
  readonly waiting: number;
  readonly balanced: boolean;
};

type PartKind = 'created' | 'attached' | 'quarantined' | 'rejected' | 'waiting';
export type ReconciliationPart = {
  readonly kind: PartKind;
  /** of what was rejected: why */
  readonly reason?: string;
  readonly count: number;
  /** where the part stands in a bar, in submissions from its left end */
  readonly from: number;
  readonly to: number;
};

/** What became of the submissions of a day, in the order of the equation; what there is none of is left out. */
export const partsOf = ({ created, attached, quarantined, rejected, waiting }: Reconciliation): readonly ReconciliationPart[] => {
  const counted: readonly Pick<ReconciliationPart, 'kind' | 'reason' | 'count'>[] = [
    { kind: 'created', count: created },
    { kind: 'attached', count: attached },
    { kind: 'quarantined', count: quarantined },
    ...Object.entries(rejected).map(([reason, count]) => ({ kind: 'rejected' as const, reason, count })),
    { kind: 'waiting', count: waiting },
  ];
  return counted
    .filter(({ count }) => count > 0)
    .reduce<readonly ReconciliationPart[]>((before, part) => {
      const from = before.at(-1)?.to ?? 0;
      return [...before, { ...part, from, to: from + part.count }];
    }, []);
};

/** How far the bar goes: what came in, or what became of it where that is more, which nothing explains. */
export const lengthOf = (books: Reconciliation): number => Math.max(books.received, partsOf(books).at(-1)?.to ?? 0, 1);
