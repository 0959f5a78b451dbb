import * as z from 'zod';
import { defineEvent, type FactOf } from './define-event.ts';
import { pointsRule, survivorshipRules } from './person-fields.ts';

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
  meaning: 'A new version of the table of points holds for leads from now on.',
  data: z.object({ version: z.int().positive(), rules: z.array(pointsRule).max(200) }),
});

export const leadRuleEvents = [pointsPublished, survivorshipPublished, retentionPublished] as const;
export type PointsFact = FactOf<typeof pointsPublished>;
export type SurvivorshipFact = FactOf<typeof survivorshipPublished>;
export type RetentionFact = FactOf<typeof retentionPublished>;
