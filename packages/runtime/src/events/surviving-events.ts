import type { Envelope } from '@meilenstein/contracts';

type Placed = Pick<Envelope, 'generation' | 'sequence'>;

const generationOf = ({ generation = 0 }: Placed): number => generation;

/**
 * The events of a subject in the order of their history, each once. After its service was set back, sequences are given a second time, in a
 * later generation: what an earlier generation had from the first of them on is a future that was lost.
 */
export const survivingEvents = <E extends Placed>(events: readonly E[]): readonly E[] => {
  const latestFirst = events.toSorted((a, b) => generationOf(b) - generationOf(a) || b.sequence - a.sequence);
  const surviving: E[] = [];
  for (const event of latestFirst) {
    const next = surviving.at(-1);
    if (next === undefined || event.sequence < next.sequence) surviving.push(event);
  }
  return surviving.toReversed();
};
