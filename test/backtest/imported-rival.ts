// What reps guessed in a former system: probability × amount in the window in which the order was expected.
import type { FlowEvent } from '@meilenstein/forecasting/counts/flow-events';
import type { AskedRival } from './rivals.ts';

/** A guess as it stood from a day of recording on; `closesOn` null: no order was expected. */
export type Guess = { readonly opportunityId: string; readonly day: number; readonly percent: number; readonly closesOn: number | null };

type Open = { readonly last: FlowEvent; readonly minor: number | null };

/** Of fewer than this share of what is open the rival knows too little. */
const leastKnown = 0.5;

const kindOrder = { created: 0, milestone: 1, lost: 2, won: 3 } as const;

const keysOf = ({ team, owner, segment }: FlowEvent): readonly string[] => [
  'total\ntotal',
  `team\n${team}`,
  `owner\n${owner}`,
  `segment\n${segment}`,
];

/** What is open and guessed at the beginning of days that are asked for in order. */
const walk = (events: readonly FlowEvent[], guesses: readonly Guess[]) => {
  const told = events.toSorted((a, b) => a.day - b.day || kindOrder[a.kind] - kindOrder[b.kind]);
  const guessed = guesses.toSorted((a, b) => a.day - b.day);
  const [open, held, over] = [new Map<string, Open>(), new Map<string, Guess>(), new Set<string>()];
  let [nextEvent, nextGuess] = [0, 0];
  const take = (event: FlowEvent): void => {
    const { opportunityId: id, kind } = event;
    if (over.has(id)) return;
    if (kind === 'won' || kind === 'lost') {
      over.add(id);
      open.delete(id);
    } else open.set(id, { last: event, minor: event.minor ?? open.get(id)?.minor ?? null });
  };
  return (today: number) => {
    for (let event = told[nextEvent]; event !== undefined && event.day < today; event = told[nextEvent]) {
      take(event);
      nextEvent += 1;
    }
    for (let guess = guessed[nextGuess]; guess !== undefined && guess.day < today; guess = guessed[nextGuess]) {
      held.set(guess.opportunityId, guess);
      nextGuess += 1;
    }
    return { open, held };
  };
};

/** The rival's figure from an origin, from what was recorded before it; undefined where it knows too little. Ask from one origin after the other. */
export const importedRival = (events: readonly FlowEvent[], guesses: readonly Guess[]) => {
  const at = walk(events, guesses);
  let day = Number.NaN;
  let sums = new Map<string, ReadonlyMap<string, number> | undefined>();
  const sumsOf = ({ from, until }: AskedRival, today: number): ReadonlyMap<string, number> | undefined => {
    const { open, held } = at(today);
    const found = new Map<string, number>();
    let known = 0;
    for (const [id, { last, minor }] of open) {
      const guess = held.get(id);
      if (guess === undefined) continue;
      known += 1;
      if (minor === null || guess.closesOn === null || guess.closesOn < from || guess.closesOn >= until) continue;
      for (const key of keysOf(last)) found.set(key, (found.get(key) ?? 0) + (minor * guess.percent) / 100);
    }
    return known === 0 || known < leastKnown * open.size ? undefined : found;
  };
  return (asked: AskedRival, today: number): number | undefined => {
    if (guesses.length === 0) return undefined;
    if (today !== day) sums = new Map();
    day = today;
    if (!sums.has(asked.kind)) sums.set(asked.kind, sumsOf(asked, today));
    const sum = sums.get(asked.kind);
    return sum === undefined ? undefined : (sum.get(`${asked.level}\n${asked.key}`) ?? 0);
  };
};
