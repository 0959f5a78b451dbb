import {
  pointsPublished,
  pointsRule,
  scoringPublished,
  scoringRules,
  defaultGrades,
  type Happened,
  type PointsDraft,
  type PointsFact,
  type PointsRule,
  type ScoringRules,
} from '@meilenstein/contracts';
import { decided, refused, type Decision, type Refusal } from '@meilenstein/kernel';
import * as z from 'zod';
import { scoringFromPoints } from './points-upcast.ts';
import { checkScoring, type ScoringRefusal } from './scoring-rules.ts';

/**
 * The table of points; version 0 is the one before any was published: it gives no score. `rules` as the first tables had them, or
 * `scoring` by predicates.
 */
export const pointsTable = z.object({
  version: z.int().nonnegative(),
  rules: z.array(pointsRule),
  scoring: scoringRules.nullable().default(null),
});
export type PointsTable = z.infer<typeof pointsTable>;

export const noPoints: PointsTable = { version: 0, rules: [], scoring: null };

/** Rules that a lead can be scored by, with the version that names them. */
export type Scoring = { readonly version: number; readonly rules: ScoringRules };

/** The rules of a table by predicates, whichever way it was published. */
export const rulesOf = ({ rules, scoring }: Pick<PointsTable, 'rules' | 'scoring'>): ScoringRules => scoring ?? scoringFromPoints(rules);

/** Null while no table is published. */
export const scoringOf = (table: PointsTable): Scoring | null =>
  table.version === 0 ? null : { version: table.version, rules: rulesOf(table) };

export const evolvePoints = (_before: PointsTable, fact: Happened<PointsFact>): PointsTable => {
  if (fact.name === 'PointsPublished') return { ...fact.data, scoring: null };
  const { version, ...scoring } = fact.data;
  return { version, rules: [], scoring };
};

export type PointsRefusal = ScoringRefusal | Refusal<'value-missing' | 'rules-missing' | 'mixed-rules'>;

const lacksValue = (rule: PointsRule): boolean =>
  (rule.test === 'equals' && (rule.value ?? '').trim() === '') ||
  (rule.test === 'at-least' && !Number.isFinite(Number.parseFloat(rule.value ?? '')));

const checkOldRules = (rules: readonly PointsRule[]): PointsRefusal | undefined => {
  const twice = rules.find((rule, index) => rules.findIndex((other) => other.id === rule.id) !== index);
  const message = (id: string): string => `rules: ${id} appears more than once; give each rule its own id`;
  if (twice !== undefined) return { code: 'duplicate-rule', message: message(twice.id), field: 'rules', value: twice.id };
  const blank = rules.find(lacksValue);
  if (blank === undefined) return undefined;
  const needed = blank.test === 'equals' ? 'text' : 'number';
  const lacking = `rules: ${blank.id} tests ${blank.test} and needs a ${needed} as value`;
  return { code: 'value-missing', message: lacking, field: 'rules', value: blank.id };
};

/** Reads a points table of a request, or refuses it. */
export const readDraft = ({
  rules,
  fit,
  engagement,
  grades,
}: PointsDraft): { readonly table: Omit<PointsTable, 'version'> } | { readonly refused: PointsRefusal } => {
  const isByPredicates = fit !== undefined || engagement !== undefined || grades !== undefined;
  if (rules !== undefined && isByPredicates)
    return refused('mixed-rules', 'rules: send rules, or fit and engagement; not both', { field: 'rules' });
  if (rules === undefined && fit === undefined && engagement === undefined)
    return refused(
      'rules-missing',
      'fit: send the rules about who the person is as `fit`, and those about what the person does as `engagement`',
      {
        field: 'fit',
      },
    );
  const scoring = isByPredicates ? { fit: fit ?? [], engagement: engagement ?? [], grades: grades ?? defaultGrades } : null;
  const wrong = scoring === null ? checkOldRules(rules ?? []) : checkScoring(scoring);
  return wrong === undefined ? { table: { rules: rules ?? [], scoring } } : { refused: wrong };
};

/** A new version applies to what happens to leads from now on; a lead to which nothing happens keeps its version. */
export const publishPoints = (before: PointsTable, draft: PointsDraft): Decision<PointsFact, PointsRefusal> => {
  const read = readDraft(draft);
  if ('refused' in read) return read;
  const version = before.version + 1;
  const { rules, scoring } = read.table;
  return decided<PointsFact>(scoring === null ? pointsPublished.of({ version, rules }) : scoringPublished.of({ version, ...scoring }));
};
