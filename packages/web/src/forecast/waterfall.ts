import { valueOf, type Amount } from '../format/figures.ts';

const changeParts = ['won', 'lost', 'milestoneMoves', 'ageing', 'amended', 'new', 'recalibration'] as const;
type ChangePart = (typeof changeParts)[number];

export type WaterfallStep = {
  readonly id: ChangePart | 'before' | 'now';
  readonly amount: Amount;
  /** where the bar begins and ends */
  readonly from: number;
  readonly to: number;
};

type Change = { readonly before: Amount; readonly parts: Readonly<Record<ChangePart, Amount>> };

/** From the figure of a day to that of now, each part beginning where the one before has ended. */
export const waterfallOf = ({ before, parts }: Change, now: Amount): readonly WaterfallStep[] => {
  const start: WaterfallStep = { id: 'before', amount: before, from: 0, to: valueOf(before) };
  const steps = changeParts.reduce<readonly WaterfallStep[]>(
    (done, id) => {
      const from = done.at(-1)?.to ?? 0;
      return [...done, { id, amount: parts[id], from, to: from + valueOf(parts[id]) }];
    },
    [start],
  );
  return [...steps, { id: 'now', amount: now, from: 0, to: valueOf(now) }];
};

/** The scale of a waterfall: it need not begin at zero, or small parts of a large figure could not be seen. */
export const scaleOf = (steps: readonly WaterfallStep[]): { readonly lowest: number; readonly highest: number } => {
  const ends = steps.map(({ to }) => to);
  const lowest = Math.min(...ends);
  const highest = Math.max(...ends);
  const room = Math.max(highest - lowest, Math.abs(highest) * 0.02, 1);
  const wanted = lowest - room * 0.25;
  return { lowest: lowest >= 0 && wanted < room ? 0 : wanted, highest: highest + room * 0.05 };
};
