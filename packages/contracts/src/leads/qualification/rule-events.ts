import * as z from 'zod';
import { defineEvent, type FactOf } from '../../define-event.ts';
import { criteria } from './qualification.ts';
import { scoringRules } from './scoring.ts';
import { segments } from './segments.ts';
import { pointsRule, survivorshipRules } from '../people/person-fields.ts';
import { serviceLevelsPublished } from '../service-levels/service-level-events.ts';

const owner = 'leads';

export const survivorshipPublished = defineEvent({
  name: 'SurvivorshipPublished',
  owner,
  version: 1,
  meaning: 'New survivorship rules choose which of several values of a field is shown, at once and for all leads.',
  data: z.object({ version: z.int().positive(), rules: survivorshipRules }),
});

export const retentionPublished = defineEvent({
  name: 'RetentionPublished',
  owner,
  version: 1,
  meaning: 'New retention rules: how many days after its last touchpoint a lead of each status is erased; null: never.',
  data: z.object({ version: z.int().positive(), days: z.record(z.string(), z.int().positive().nullable()) }),
});

export const pointsPublished = defineEvent({
  name: 'PointsPublished',
  owner,
  version: 1,
  meaning: 'A new version of the points table without predicates applies from now on.',
  data: z.object({ version: z.int().positive(), rules: z.array(pointsRule).max(200) }),
});

export const scoringPublished = defineEvent({
  name: 'ScoringPublished',
  owner,
  version: 1,
  meaning: 'A new version of the points table with predicates and decaying engagement applies from now on.',
  data: z.object({ version: z.int().positive(), ...scoringRules.shape }),
});

export const qualificationPublished = defineEvent({
  name: 'QualificationPublished',
  owner,
  version: 1,
  meaning: 'New criteria of marketing and sales apply from now on; stages that were reached stay.',
  data: z.object({ version: z.int().positive(), ...criteria.shape }),
});

export const segmentsPublished = defineEvent({
  name: 'SegmentsPublished',
  owner,
  version: 1,
  meaning: 'New segments of the market, as predicates in order; the first one of a lead is the one of its opportunity.',
  data: z.object({ version: z.int().positive(), segments }),
});

export const leadRuleEvents = [
  pointsPublished,
  scoringPublished,
  qualificationPublished,
  segmentsPublished,
  survivorshipPublished,
  retentionPublished,
  serviceLevelsPublished,
] as const;
export type PointsFact = FactOf<typeof pointsPublished | typeof scoringPublished>;
export type QualificationFact = FactOf<typeof qualificationPublished>;
export type SegmentsFact = FactOf<typeof segmentsPublished>;
export type SurvivorshipFact = FactOf<typeof survivorshipPublished>;
export type RetentionFact = FactOf<typeof retentionPublished>;
