import { factReader, volumeCommitted, type VolumeCommitmentFact, type VolumeCommitment } from '@meilenstein/contracts';
import { addDays, utcDayOf, type Day } from '@meilenstein/kernel';
import { aggregateStore, queryAll, type Item, type Machinery } from '@meilenstein/runtime';
import * as z from 'zod';
import {
  evolveCommitments,
  monthlyCommitments,
  noCommitments,
  commitVolume,
  type MonthlyCommitments,
} from '../domain/volume-commitments.ts';
import { qualifiedLead, serviceLevelEntry, type QualifiedLead, type ServiceLevelEntry, type Span } from '../domain/service-level-report.ts';
import { serviceLevelDay, prefixes, qualifiedDay } from '../../keys.ts';

const entryItem = z.looseObject({ entry: serviceLevelEntry });
const qualifiedItem = z.looseObject({ qualified: qualifiedLead });

const daysOf = ({ from, until }: Span): readonly Day[] => {
  const days: Day[] = [];
  for (let on = utcDayOf(from); on <= utcDayOf(until); on = addDays(on, 1)) days.push(on);
  return days;
};
const atOnce = 8;

/** Volume commitments by month, and the entries of the service-level report by day. */
export const volumeCommitmentStore = (machinery: Machinery) => {
  const store = aggregateStore<MonthlyCommitments, VolumeCommitmentFact>(
    {
      prefix: prefixes.commitments,
      owner: 'leads',
      schemaNumber: 1,
      schema: monthlyCommitments,
      initial: noCommitments,
      fact: factReader([volumeCommitted]),
      evolve: evolveCommitments,
    },
    machinery,
  );

  const ofDays = async (days: readonly string[]): Promise<readonly Item[]> => {
    const found: Item[] = [];
    for (let from = 0; from < days.length; from += atOnce) {
      const some = days.slice(from, from + atOnce);
      found.push(...(await Promise.all(some.map((partition) => queryAll(machinery.table, { partition })))).flat());
    }
    return found;
  };

  return {
    audited: store.audited,
    ofMonth: async (month: string): Promise<MonthlyCommitments> => (await store.find(month))?.state ?? noCommitments,
    commit: (
      month: string,
      commitments: readonly VolumeCommitment[],
      { about, ...options }: { readonly about: Parameters<typeof commitVolume>[2]; readonly expectedVersion?: number },
    ) => store.change(month, (state) => commitVolume(state, { month, commitments }, about), options),
    /** every service level that was due or answered in a period, each once */
    serviceLevelsIn: async (span: Span): Promise<readonly ServiceLevelEntry[]> => {
      const entries = (await ofDays(daysOf(span).map(serviceLevelDay))).map((item) => entryItem.parse(item).entry);
      return [...new Map(entries.map((entry) => [`${entry.leadId} ${entry.round}`, entry])).values()];
    },
    qualifiedIn: async (span: Span): Promise<readonly QualifiedLead[]> =>
      (await ofDays(daysOf(span).map(qualifiedDay))).map((item) => qualifiedItem.parse(item).qualified),
  };
};
export type VolumeCommitmentStore = ReturnType<typeof volumeCommitmentStore>;
