import { monthOf } from '../input/months.ts';
import type { Situation, WorthSums } from '../input/situation.ts';

const halfLifeMonths = 12;
/** A segment is shrunk towards the whole company with the weight of this many mean orders. */
const pull = 3;
/** Limits: realised ÷ known stays within a factor of ten, and scatters by at most three times the amount. Beyond that the known amount is a typing error. */
const [mostRatio, mostSpread] = [10, 9];

/** What an order of a segment is worth. Where an amount is known: its realised share and relative variance. Otherwise: the first and second moment. */
export type Worth = { readonly ratio: number; readonly spread: number; readonly mean: number; readonly square: number };

type Sums = { -readonly [Name in Exclude<keyof WorthSums, 'month' | 'cell'>]: number };

const nothing = (): Sums => ({
  wins: 0,
  minor: 0,
  squares: 0,
  withKnown: 0,
  known: 0,
  realised: 0,
  realisedSquares: 0,
  knownSquares: 0,
  knownTimesRealised: 0,
});

const addTo = (sums: Sums, one: WorthSums, weight: number): void => {
  sums.wins += weight * one.wins;
  sums.minor += weight * one.minor;
  sums.squares += weight * one.squares;
  sums.withKnown += weight * one.withKnown;
  sums.known += weight * one.known;
  sums.realised += weight * one.realised;
  sums.realisedSquares += weight * one.realisedSquares;
  sums.knownSquares += weight * one.knownSquares;
  sums.knownTimesRealised += weight * one.knownTimesRealised;
};

const worthOf = (own: Sums, all: Sums): Worth => {
  const meanKnown = all.withKnown > 0 ? all.known / all.withKnown : 0;
  const [wins, ofAll] = [Math.max(0, own.wins), Math.max(0, all.wins)];
  const meanOfAll = ofAll > 0 ? all.minor / ofAll : 0;
  const squareOfAll = ofAll > 0 ? all.squares / ofAll : 0;
  const overall = all.known > 0 ? all.realised / all.known : 1;
  const measured = own.known + meanKnown > 0 ? (pull * meanKnown * overall + own.realised) / (pull * meanKnown + own.known) : 1;
  const ratio = Math.min(mostRatio, Math.max(1 / mostRatio, measured));
  const residual = (sums: Sums): number => sums.realisedSquares - 2 * ratio * sums.knownTimesRealised + ratio ** 2 * sums.knownSquares;
  const scale = ratio ** 2 * all.knownSquares;
  const mean = Math.max(0, (pull * meanOfAll + own.minor) / (pull + wins));
  return {
    ratio,
    spread: scale > 0 ? Math.min(mostSpread, Math.max(0, residual(all)) / scale) : 0,
    mean,
    square: Math.max(mean ** 2, (pull * squareOfAll + own.squares) / (pull + wins)),
  };
};

/** What an order is worth, for each process and segment (by their indices in the situation). */
export const orderWorth = (situation: Situation): ((process: number, segment: number) => Worth) => {
  const all = nothing();
  const bySegment = new Map<string, Sums>();
  const thisMonth = monthOf(situation.today);
  for (const one of situation.worth) {
    const key = `${situation.processOf[one.cell]} ${situation.segmentOf[one.cell]}`;
    const own = bySegment.get(key) ?? nothing();
    const weight = 0.5 ** ((thisMonth - one.month) / halfLifeMonths);
    addTo(own, one, weight);
    addTo(all, one, weight);
    bySegment.set(key, own);
  }
  const known = new Map<string, Worth>();
  return (process, segment) => {
    const key = `${process} ${segment}`;
    const worth = known.get(key) ?? worthOf(bySegment.get(key) ?? nothing(), all);
    known.set(key, worth);
    return worth;
  };
};
