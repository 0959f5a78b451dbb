import type { SurvivorshipRules } from '@meilenstein/contracts';
import type { Scoring } from '../../scoring/domain/points.ts';
import type { CriteriaInForce } from './criteria-versions.ts';
import type { SegmentsInForce } from './segment-versions.ts';

/** All rules in force by which a lead is assessed. */
export type RulesInForce = {
  /** null while no table of points is published */
  readonly scoring: Scoring | null;
  readonly qualification: CriteriaInForce;
  readonly segments: SegmentsInForce;
  readonly survivorship: SurvivorshipRules;
};
