import { factReader, serviceLevelsPublished, type ServiceLevels, type ServiceLevelsFact } from '@meilenstein/contracts';
import { aggregateStore, type Machinery } from '@meilenstein/runtime';
import { evolveLevels, levelsInForce, noLevels, publishLevels, type LevelsInForce } from '../domain/service-level-versions.ts';
import { prefixes } from '../../keys.ts';

const theLevels = 'LEVELS';

export const serviceLevelStore = (machinery: Machinery) => {
  const store = aggregateStore<LevelsInForce, ServiceLevelsFact>(
    {
      prefix: prefixes.serviceLevels,
      owner: 'leads',
      schemaNumber: 1,
      schema: levelsInForce,
      initial: noLevels,
      fact: factReader([serviceLevelsPublished]),
      evolve: evolveLevels,
    },
    machinery,
  );
  return {
    audited: store.audited,
    /** the levels in force; version 0: none */
    current: async (): Promise<LevelsInForce> => (await store.find(theLevels))?.state ?? noLevels,
    publish: (given: ServiceLevels, { regions, ...options }: { readonly regions: readonly string[]; readonly expectedVersion?: number }) =>
      store.change(theLevels, (state) => publishLevels(state, given, regions), options),
  };
};
export type ServiceLevelStore = ReturnType<typeof serviceLevelStore>;
