import { creditGranted, creditReversed, factReader, type CreditFact, type Happened } from '@meilenstein/contracts';
import { addDays, type Period, type RepId, type TeamId } from '@meilenstein/kernel';
import { aggregateStore, queryAll, type Machinery, type Write } from '@meilenstein/runtime';
import * as z from 'zod';
import { amountOf, evolveCredit, noCredit, type Credit } from '../domain/credit.ts';
import { dayOfRep, dayOfTeam, prefixes, repSums, teamSums } from '../../keys.ts';

const sum = z.looseObject({ minor: z.number() });

/** A credit changes two sums of its day: the rep's and the team's. */
const sums = (facts: readonly Happened<CreditFact>[]): Write[] =>
  facts.flatMap((fact) => {
    const { repId, teamId, creditDay } = fact.data;
    const by = { minor: amountOf(fact) };
    return [
      { add: { pk: repSums(repId), sk: dayOfRep(creditDay, teamId) }, by },
      { add: { pk: teamSums(teamId), sk: dayOfTeam(creditDay, repId) }, by },
    ];
  });

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

  const total = async (partition: string, { from, until }: Period): Promise<number> => {
    const items = await queryAll(machinery.table, { partition, between: [from, `${addDays(until, -1)}~`] });
    return items.reduce((all, item) => all + sum.parse(item).minor, 0);
  };

  return {
    audited: store.audited,
    change: store.change,
    /** the sum of a period, in minor units of the reporting currency */
    creditedToRep: (rep: RepId, period: Period) => total(repSums(rep), period),
    creditedToTeam: (team: TeamId, period: Period) => total(teamSums(team), period),
  };
};
