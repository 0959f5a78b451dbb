import { factReader, survivorshipPublished, type SurvivorshipFact, type SurvivorshipRules } from '@meilenstein/contracts';
import { aggregateStore, type Machinery } from '@meilenstein/runtime';
import { evolveSurvivorship, publishSurvivorship, survivorship, defaultSurvivorship, type Survivorship } from '../domain/survivorship.ts';
import { prefixes } from '../../keys.ts';

const theRules = 'RULES';

export const survivorshipStore = (machinery: Machinery) => {
  const store = aggregateStore<Survivorship, SurvivorshipFact>(
    {
      prefix: prefixes.survivorship,
      owner: 'leads',
      schemaNumber: 1,
      schema: survivorship,
      initial: defaultSurvivorship,
      fact: factReader([survivorshipPublished]),
      evolve: evolveSurvivorship,
    },
    machinery,
  );
  return {
    audited: store.audited,
    /** the rules in force; version 0 is the default */
    current: async (): Promise<Survivorship> => (await store.find(theRules))?.state ?? defaultSurvivorship,
    publish: (rules: SurvivorshipRules, options: { expectedVersion?: number }) =>
      store.change(theRules, (state) => publishSurvivorship(state, rules), options),
  };
};
export type SurvivorshipStore = ReturnType<typeof survivorshipStore>;
