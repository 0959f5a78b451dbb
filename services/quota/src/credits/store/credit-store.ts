import { creditGranted, creditReversed, factReader, type CreditFact, type Happened } from '@meilenstein/contracts';
import { addDays, type Day, type Period, type RepId, type TeamId } from '@meilenstein/kernel';
import { aggregateStore, queryAll, type Machinery, type Write } from '@meilenstein/runtime';
import * as z from 'zod';
import { amountOf, evolveCredit, noCredit, type Credit } from '../domain/credit.ts';
import { dayOfRep, dayOfTeam, prefixes, repSums, teamSums } from '../../keys.ts';

/** What was credited for orders of a day, and what became known on it. */
const sum = z.looseObject({ sk: z.string(), minor: z.number().default(0), recorded: z.number().default(0) });

/** A credit changes the sums of its day, and of the day on which it became known: the rep's and the team's. The two days are mostly one. */
const sums = (facts: readonly Happened<CreditFact>[]): Write[] =>
  facts.flatMap((fact) => {
    const { repId, teamId, creditDay, recordedDay = creditDay } = fact.data;
    const amount = amountOf(fact);
    const sumsOf = (day: Day, by: Readonly<Record<string, number>>): Write[] => [
      { add: { pk: repSums(repId), sk: dayOfRep(day, teamId) }, by },
      { add: { pk: teamSums(teamId), sk: dayOfTeam(day, repId) }, by },
    ];
    return recordedDay === creditDay
      ? sumsOf(creditDay, { minor: amount, recorded: amount })
      : [...sumsOf(creditDay, { minor: amount }), ...sumsOf(recordedDay, { recorded: amount })];
  });

type Days = Pick<Period, 'from' | 'until'>;

/** Credits of a period in minor units of the reporting currency: by the day of the order, and by the day on which it became known. */
export type Credited = { readonly ordered: number; readonly recorded: number };

const nothingCredited: Credited = { ordered: 0, recorded: 0 };

/** The credits of one day. */
export type CreditedOnDay = Credited & { readonly day: string };

/** The credits of the days of a period. */
export const creditedIn = (days: readonly CreditedOnDay[], { from, until }: Days): Credited =>
  days
    .filter(({ day }) => from <= day && day < until)
    .reduce((all, one) => ({ ordered: all.ordered + one.ordered, recorded: all.recorded + one.recorded }), nothingCredited);

/** Stores credits: one aggregate for each order; its sums change in the same transaction. */
export const creditStore = (machinery: Machinery) => {
  const store = aggregateStore<Credit, CreditFact>(
    {
      prefix: prefixes.credit,
      owner: 'quota',
      schemaNumber: 1,
      schema: z.object({ granted: z.boolean(), reversed: z.boolean(), corrections: z.array(z.int()).optional() }),
      initial: noCredit,
      evolve: evolveCredit,
      fact: factReader([creditGranted, creditReversed]),
      views: sums,
    },
    machinery,
  );

  const days = async (partition: string, { from, until }: Days): Promise<readonly CreditedOnDay[]> => {
    const items = await queryAll(machinery.table, { partition, between: [from, `${addDays(until, -1)}~`] });
    return items.map((item) => {
      const { sk, minor, recorded } = sum.parse(item);
      return { day: sk.slice(0, '2026-11-30'.length), ordered: minor, recorded };
    });
  };

  return {
    audited: store.audited,
    change: store.change,
    /** the sums of the days of a period, in minor units of the reporting currency */
    creditedToRep: (rep: RepId, period: Days) => days(repSums(rep), period),
    creditedToTeam: (team: TeamId, period: Days) => days(teamSums(team), period),
  };
};
