import { envelopeHead, type Envelope } from '@meilenstein/contracts';
import * as z from 'zod';
import { includesSequence, sequenceRanges, sequencesWithin, withSequence } from './sequence-ranges.ts';
import type { StoredEvent } from './withdraw.ts';

/** What an item or row keeps of an event, so that it can be withdrawn. */
export const storedEvent = envelopeHead.pick({ name: true, generation: true, storedAt: true });

/**
 * Which events of a subject a row has received. They are one history: no sequence is in two generations, and a later generation follows an
 * earlier one, as in `survivingEvents`.
 */
export const receivedHistory = z.object({
  received: sequenceRanges,
  /** each generation but the first one, with its lowest sequence that is known; both ascend */
  began: z.array(z.tuple([z.int(), z.int()])).optional(),
  /** of each name and generation the event that was stored last */
  latest: z.array(storedEvent),
});
export type ReceivedHistory = z.infer<typeof receivedHistory>;

export const emptyHistory: ReceivedHistory = { received: [], latest: [] };

type Received = Pick<Envelope, 'name' | 'generation' | 'storedAt' | 'sequence'>;

/** An event that is new to a row. `forgotten`: the sequences that the row had, if some of them are a lost future now; else none. */
type Step = { readonly history: ReceivedHistory; readonly forgotten: readonly number[] };

const withLatest = (latest: ReceivedHistory['latest'], { name, generation, storedAt }: StoredEvent): ReceivedHistory['latest'] => {
  const isSame = (one: StoredEvent): boolean => one.name === name && one.generation === generation;
  if (latest.some((one) => isSame(one) && one.storedAt >= storedAt)) return latest;
  const received = { name, ...(generation === undefined ? {} : { generation }), storedAt };
  return [...latest.filter((one) => !isSame(one)), received].toSorted(
    (a, b) => (a.generation ?? 0) - (b.generation ?? 0) || (a.name < b.name ? -1 : 1),
  );
};

/**
 * Receives an event, in any order; nothing where it is known, or void because a later generation began at or before it. Where it voids
 * others, the history begins anew with it, and whatever the row has to be told once more: the row cannot say what it was before them.
 */
export const withReceived = (before: ReceivedHistory, event: Received): Step | undefined => {
  const { sequence, generation = 0 } = event;
  const began = before.began ?? [];
  if (began.some(([later, first]) => later > generation && first <= sequence)) return undefined;
  // From here on, the row has no events of earlier generations.
  const end = Math.min(...began.flatMap(([other, first]) => (other >= generation ? [first] : [])));
  const isVoiding = generation > 0 && sequencesWithin(before.received, sequence, end).length > 0;
  if (!isVoiding && includesSequence(before.received, sequence)) return undefined;
  const others = began.filter(([other, first]) => other > generation || (other < generation && first < sequence));
  const own = Math.min(sequence, ...began.flatMap(([other, first]) => (other === generation ? [first] : [])));
  const after = generation === 0 ? others : [...others, [generation, own] as const].toSorted(([a], [b]) => a - b);
  const kept = isVoiding ? emptyHistory : before;
  return {
    history: {
      received: [...withSequence(kept.received, sequence)].map(([first, last]) => [first, last]),
      ...(after.length === 0 ? {} : { began: after.map(([other, first]) => [other, first]) }),
      latest: withLatest(kept.latest, event),
    },
    forgotten: isVoiding ? sequencesWithin(before.received, 1, Infinity) : [],
  };
};
