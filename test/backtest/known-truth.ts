// Histories whose hazards are known because they were generated from them.
import type { FlowEvent } from '@meilenstein/forecasting/counts/flow-events';

/** Chances per day, counted from the day of entering. */
export const truth = {
  need: { offer: 0.06, won: 0, lost: 0.05 },
  offer: { offer: 0, won: 0.08, lost: 0.04 },
} as const;

/** A generator of pseudo-random numbers in [0, 1) from a seed (mulberry32). */
export const seeded = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const normal = (random: () => number): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

const poisson = (random: () => number, mean: number): number => {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count += 1;
  return count;
};

export type Invented = { readonly seed: number; readonly days: number; readonly arrivalsPerDay: number };

const teams = ['north', 'south'] as const;

/** The events of a company that sells in two teams of three, in order of days. Amounts are skewed, and realised ones scatter by a tenth around the known ones. */
export const inventedHistory = ({ seed, days, arrivalsPerDay }: Invented): readonly FlowEvent[] => {
  const random = seeded(seed);
  const first = 18_000;
  const events: FlowEvent[] = [];
  let number = 0;
  for (let arrival = 0; arrival < days; arrival += 1)
    for (let n = poisson(random, arrivalsPerDay); n > 0; n -= 1) {
      number += 1;
      const seller = Math.floor(random() * 6);
      const who = { owner: `rep ${seller}`, team: teams[seller % 2] ?? '', segment: random() < 0.4 ? 'large' : 'small' };
      const known = Math.round(100_000 * Math.exp(0.8 * normal(random)));
      const add = (day: number, kind: FlowEvent['kind'], milestone: string, minor: number | null) =>
        events.push({ opportunityId: `o${number}`, day: first + day, kind, milestone, minor, ...who });
      add(arrival, 'created', 'need', known);
      let at: keyof typeof truth | undefined = 'need';
      for (let day = arrival; at !== undefined && day < days;) {
        const chances: { readonly offer: number; readonly won: number; readonly lost: number } = truth[at];
        const dice = random();
        if (dice < chances.offer) {
          add(day, 'milestone', 'offer', null);
          at = 'offer';
          // the day is not over: the offer may be accepted at once
          continue;
        }
        if (dice < chances.offer + chances.won) add(day, 'won', '', Math.round(known * (1 + 0.1 * normal(random))));
        else if (dice < chances.offer + chances.won + chances.lost) add(day, 'lost', '', null);
        if (dice < chances.offer + chances.won + chances.lost) at = undefined;
        day += 1;
      }
    }
  return events.toSorted((a, b) => a.day - b.day);
};
