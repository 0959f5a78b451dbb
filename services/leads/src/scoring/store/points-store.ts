import { factReader, pointsPublished, scoringPublished, type PointsFact, type ScoringRules } from '@meilenstein/contracts';
import type { Decision } from '@meilenstein/kernel';
import { aggregateStore, type Machinery } from '@meilenstein/runtime';
import * as z from 'zod';
import { evolvePoints, noPoints, pointsTable, rulesOf, type PointsTable } from '../domain/points.ts';
import { pointsVersionKey, prefixes } from '../../keys.ts';

const versionItem = z.looseObject({ rules: pointsTable.shape.rules, scoring: pointsTable.shape.scoring });
const theTable = 'TABLE';

export const pointsStore = (machinery: Machinery) => {
  const store = aggregateStore<PointsTable, PointsFact>(
    {
      prefix: prefixes.points,
      owner: 'leads',
      schemaNumber: 1,
      schema: pointsTable,
      initial: noPoints,
      fact: factReader([pointsPublished, scoringPublished]),
      evolve: evolvePoints,
      // Scores name the version that gave them, so every version stays readable.
      views: (facts) =>
        facts.map((fact) => {
          const { version, rules, scoring } = evolvePoints(noPoints, fact);
          return { put: { ...pointsVersionKey(version), rules, scoring } };
        }),
    },
    machinery,
  );
  return {
    audited: store.audited,
    /** the table in force; version 0 while none was published */
    current: async (): Promise<PointsTable> => (await store.find(theTable))?.state ?? noPoints,
    change: <R>(decide: (state: PointsTable) => Decision<PointsFact, R>, options?: { expectedVersion?: number }) =>
      store.change(theTable, decide, options),
    /** the rules of the given versions; a version that was never published has none */
    versions: async (numbers: readonly number[]): Promise<ReadonlyMap<number, ScoringRules>> => {
      const wanted = [...new Set(numbers)];
      const items = await machinery.table.getMany(wanted.map(pointsVersionKey));
      return new Map(wanted.map((number, index) => [number, rulesOf(versionItem.safeParse(items[index]).data ?? noPoints)]));
    },
  };
};
export type PointsStore = ReturnType<typeof pointsStore>;
