import { addMillis, type Instant } from '@meilenstein/kernel';
import type { Variant } from '@meilenstein/contracts';

/** What became of one lead that got one of two wordings. */
export type Trial = { readonly variant: Variant; readonly startedAt: Instant; readonly answeredAt: Instant | null };

export type Arm = { readonly leads: number; readonly answered: number };

/**
 * How two wordings compare. `pValue` may be looked at after every lead: whenever it falls below a level, the chance of that without any
 * difference is at most that level. `verdict` is at the level 0.05.
 */
export type Comparison = {
  readonly a: Arm;
  readonly b: Arm;
  readonly pairs: number;
  readonly pValue: number;
  readonly verdict: 'a-is-better' | 'b-is-better' | 'not-decided';
};

const level = 0.05;
const prior = 0.18;

type Tally = { readonly leads: number; readonly answered: number };

const guess = ({ leads, answered }: Tally): number => (answered + prior) / (leads + 2 * prior);

const likelihood = (rate: number, answered: boolean): number => (answered ? rate : 1 - rate);

const counted = ({ leads, answered }: Tally, isAnswered: boolean): Tally => ({
  leads: leads + 1,
  answered: answered + (isAnswered ? 1 : 0),
});

const nothing: Tally = { leads: 0, answered: 0 };

/**
 * The smallest p-value that pairs of answers ever gave, after each further pair. For each pair: likelihood of both answers by the rates
 * that earlier pairs suggest, over that by their mean for both. If both wordings have one true rate, the expectation of that factor is
 * 1 - d²k² ≤ 1 (d half the difference of the guesses, k the slope of the likelihood ratio), so the product is a test martingale and by
 * Ville's inequality exceeds 1/p with a chance of at most p, however often somebody looks (Turner, Ly and Grünwald, "Generic
 * E-variables for exact sequential k-sample tests that allow for optional stopping", 2021). Assumed: leads answer independently, and the two
 * of a pair have one rate if the wording makes no difference; the rate itself may change from pair to pair.
 */
export const alwaysValidP = (pairs: readonly (readonly [a: boolean, b: boolean])[]): number => {
  let [first, second, logEvidence, most] = [nothing, nothing, 0, 0];
  for (const [a, b] of pairs) {
    const [rateA, rateB] = [guess(first), guess(second)];
    const mean = (rateA + rateB) / 2;
    logEvidence += Math.log((likelihood(rateA, a) * likelihood(rateB, b)) / (likelihood(mean, a) * likelihood(mean, b)));
    most = Math.max(most, logEvidence);
    first = counted(first, a);
    second = counted(second, b);
  }
  return Math.exp(-most);
};

const isAnswered = ({ startedAt, answeredAt }: Trial, horizonMillis: number): boolean =>
  answeredAt !== null && answeredAt <= addMillis(startedAt, horizonMillis);

const armOf = (answers: readonly boolean[]): Arm => ({ leads: answers.length, answered: answers.filter((one) => one).length });

/** Only leads older than the horizon count, so that a quick no and a late yes are treated alike; they are paired in the order in which they began. */
export const compareWordings = (trials: readonly Trial[], horizonDays: number, now: Instant): Comparison => {
  const horizon = horizonDays * 86_400_000;
  const mature = trials
    .filter((one) => addMillis(one.startedAt, horizon) <= now)
    .toSorted((x, y) => (x.startedAt < y.startedAt ? -1 : x.startedAt > y.startedAt ? 1 : 0));
  const answersOf = (which: Variant) => mature.filter((one) => one.variant === which).map((one) => isAnswered(one, horizon));
  const [ofA, ofB] = [answersOf('a'), answersOf('b')];
  const pairs = ofA.flatMap((one, index) => (ofB[index] === undefined ? [] : [[one, ofB[index]] as const]));
  const [a, b, pValue] = [armOf(ofA), armOf(ofB), alwaysValidP(pairs)];
  const isAhead = a.answered * b.leads > b.answered * a.leads;
  return { a, b, pairs: pairs.length, pValue, verdict: pValue > level ? 'not-decided' : isAhead ? 'a-is-better' : 'b-is-better' };
};
