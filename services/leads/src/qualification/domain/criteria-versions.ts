import { criteria, qualificationPublished, type Criteria, type Happened, type QualificationFact } from '@meilenstein/contracts';
import { decided, type Decision } from '@meilenstein/kernel';
import * as z from 'zod';
import { checkCriteria, type CriteriaRefusal } from './qualification.ts';

/** The criteria in force. With version 0 none are published, and no lead qualifies. */
export const criteriaInForce = z.object({ version: z.int().nonnegative(), criteria: criteria.nullable() });
export type CriteriaInForce = z.output<typeof criteriaInForce>;

export const noCriteria: CriteriaInForce = { version: 0, criteria: null };

export const evolveCriteria = (_before: CriteriaInForce, { data }: Happened<QualificationFact>): CriteriaInForce => {
  const { version, ...published } = data;
  return { version, criteria: published };
};

export const publishCriteria = (before: CriteriaInForce, given: Criteria): Decision<QualificationFact, CriteriaRefusal> => {
  const wrong = checkCriteria(given);
  return wrong === undefined ? decided(qualificationPublished.of({ version: before.version + 1, ...given })) : { refused: wrong };
};
