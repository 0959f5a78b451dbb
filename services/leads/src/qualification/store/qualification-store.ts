import { factReader, qualificationPublished, type Criteria, type QualificationFact } from '@meilenstein/contracts';
import { aggregateStore, type Machinery } from '@meilenstein/runtime';
import { criteriaInForce, evolveCriteria, noCriteria, publishCriteria, type CriteriaInForce } from '../domain/criteria-versions.ts';
import { prefixes } from '../../keys.ts';

const theCriteria = 'CRITERIA';

export const qualificationStore = (machinery: Machinery) => {
  const store = aggregateStore<CriteriaInForce, QualificationFact>(
    {
      prefix: prefixes.qualification,
      owner: 'leads',
      schemaNumber: 1,
      schema: criteriaInForce,
      initial: noCriteria,
      fact: factReader([qualificationPublished]),
      evolve: evolveCriteria,
    },
    machinery,
  );
  return {
    audited: store.audited,
    /** the criteria in force; version 0: nobody qualifies */
    current: async (): Promise<CriteriaInForce> => (await store.find(theCriteria))?.state ?? noCriteria,
    publish: (given: Criteria, options: { expectedVersion?: number }) =>
      store.change(theCriteria, (state) => publishCriteria(state, given), options),
  };
};
export type QualificationStore = ReturnType<typeof qualificationStore>;
