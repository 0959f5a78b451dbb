import * as z from 'zod';
import { defineEvent, type FactOf } from './define-event.ts';
import { criteria } from './lead-qualification.ts';
import { scoringRules } from './lead-scoring.ts';
import { segments } from './lead-segments.ts';
import { pointsRule, survivorshipRules } from './person-fields.ts';
import { serviceLevelsPublished } from './service-level-events.ts';

const owner = 'leads';

export const survivorshipPublished = defineEvent({
  name: 'SurvivorshipPublished',
  owner,
  version: 1,
  meaning: 'Which of several values of a field counts, from now on and for all leads.',
  data: z.object({ version: z.int().positive(), rules: survivorshipRules }),
});

export const retentionPublished = defineEvent({
  name: 'RetentionPublished',
  owner,
  version: 1,
  meaning: 'How many days after its last touchpoint a lead of each status is erased; null: never.',
  data: z.object({ version: z.int().positive(), days: z.record(z.string(), z.int().positive().nullable()) }),
});

export const pointsPublished = defineEvent({
  name: 'PointsPublished',
  owner,
  version: 1,
  meaning: 'A new version of the table of points, without predicates, holds for leads from now on.',
  data: z.object({ version: z.int().positive(), rules: z.array(pointsRule).max(200) }),
});

export const scoringPublished = defineEvent({
  name: 'ScoringPublished',
  owner,
  version: 1,
  meaning: 'A new version of the table of points, by predicates, with engagement that decays, holds for leads from now on.',
  data: z.object({ version: z.int().positive(), ...scoringRules.shape }),
});

export const qualificationPublished = defineEvent({
  name: 'QualificationPublished',
  owner,
  version: 1,
  meaning: 'New criteria for leads that are qualified by marketing and by sales; stages that were reached stay.',
  data: z.object({ version: z.int().positive(), ...criteria.shape }),
});

export const segmentsPublished = defineEvent({
  name: 'SegmentsPublished',
  owner,
  version: 1,
  meaning: 'The segments of the market, by predicates, in the order in which the first one counts.',
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
