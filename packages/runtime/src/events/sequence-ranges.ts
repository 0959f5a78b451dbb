import * as z from 'zod';

/** Which sequences were received: ranges with both ends included, the lowest first, none next to another. Few numbers, however many events. */
export const sequenceRanges = z.array(z.tuple([z.int(), z.int()]));
export type SequenceRanges = readonly (readonly [number, number])[];

export const includesSequence = (ranges: SequenceRanges, sequence: number): boolean =>
  ranges.some(([first, last]) => first <= sequence && sequence <= last);

export const withSequence = (ranges: SequenceRanges, sequence: number): SequenceRanges => {
  if (includesSequence(ranges, sequence)) return ranges;
  const below = ranges.find(([, last]) => last === sequence - 1);
  const above = ranges.find(([first]) => first === sequence + 1);
  const joined = [below?.[0] ?? sequence, above?.[1] ?? sequence] as const;
  return [...ranges.filter((range) => range !== below && range !== above), joined].toSorted(([a], [b]) => a - b);
};

/** The last sequence before which none is missing; 0 where the first one is. */
export const completeUntil = (ranges: SequenceRanges): number => {
  const [first] = ranges;
  return first === undefined || first[0] > 1 ? 0 : first[1];
};

/** The sequences in [from, end). */
export const sequencesWithin = (ranges: SequenceRanges, from: number, end: number): readonly number[] =>
  ranges.flatMap(([first, last]) => {
    const start = Math.max(first, from);
    return Array.from({ length: Math.max(0, Math.min(last + 1, end) - start) }, (_, index) => start + index);
  });
