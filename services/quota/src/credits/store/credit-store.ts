import { creditGranted, creditReversed, factReader, type CreditFact, type Happened } from '@meilenstein/contracts';
import type { Period, RepId, TeamId } from '@meilenstein/kernel';
import { aggregateStore, queryAll, type Machinery, type Write } from '@meilenstein/runtime';
import * as z from 'zod';
import { amountOf, evolveCredit, noCredit, type Credit } from '../domain/credit.ts';
import { monthOfRep, monthOfTeam, prefixes, repSums, teamSums } from '../../keys.ts';

const sum = z.looseObject({ minor: z.number() });

/** A credit changes two monthly sums: the rep's and the team's. */
const sums = (facts: readonly Happened<CreditFact>[]): Write[] =>
  facts.flatMap((fact) => {
    const { repId, teamId, creditDay } = fact.data;
    const month = creditDay.slice(0, 7);
    const by = { minor: amountOf(fact) };
    return [
      { add: { pk: repSums(repId), sk: monthOfRep(month, teamId) }, by },
      { add: { pk: teamSums(teamId), sk: monthOfTeam(month, repId) }, by },
    ];
  });

/** Stores credits: one aggregate for each order; its sums change in the same transaction. */
export const creditStore = (machinery: Machinery) => {
  const store = aggregateStore<Credit, CreditFact>(
    {
      prefix: prefixes.credit,
      owner: 'quota',
      schemaNumber: 1,
      schema: z.object({ granted: z.boolean(), reversed: z.boolean() }),
      initial: noCredit,
      evolve: evolveCredit,
      fact: factReader([creditGranted, creditReversed]),
      views: sums,
    },
    machinery,
  );

  const total = async (partition: string, months: readonly Period[]): Promise<number> => {
    const [first, last] = [months[0], months.at(-1)];
    if (first === undefined || last === undefined) return 0;
    const items = await queryAll(machinery.table, { partition, between: [first.from.slice(0, 7), `${last.from.slice(0, 7)}~`] });
    return items.reduce((all, item) => all + sum.parse(item).minor, 0);
  };

  return {
    audited: store.audited,
    change: store.change,
    /** the sum over adjoining months, in minor units of the reporting currency */
    creditedToRep: (rep: RepId, months: readonly Period[]) => total(repSums(rep), months),
    creditedToTeam: (team: TeamId, months: readonly Period[]) => total(teamSums(team), months),
  };
};
