import type { Criteria, Stage } from '@meilenstein/contracts';
import {
  checkPredicate,
  fieldsOf,
  judge,
  refused,
  type Facts,
  type Instant,
  type Predicate,
  type PredicateRefusal,
  type Refusal,
  type Verdict,
} from '@meilenstein/kernel';
import type { LocatedPredicate } from './names-in-predicates.ts';
import { intentFields, leadFieldTypes, profileFields } from '../../scoring/domain/lead-facts.ts';

export type CriteriaRefusal = PredicateRefusal | Refusal<'intent-missing' | 'fit-missing' | 'duplicate-category'>;

const asksOneOf = (asked: Predicate | undefined, fields: readonly string[]): boolean =>
  asked !== undefined && fieldsOf(asked).some((field) => fields.includes(field));

const checkSql = ({ intent, fit }: Criteria['sql']): CriteriaRefusal | undefined => {
  const isIntent =
    asksOneOf(intent, intentFields) || (intent !== undefined && fieldsOf(intent).some((field) => field.startsWith('custom.')));
  if (!isIntent)
    return refused('intent-missing', `sql.intent: test what the person did or said: ${intentFields.join(', ')} or a custom field`, {
      field: 'sql.intent',
    }).refused;
  const isFit = asksOneOf(fit, profileFields) || (fit !== undefined && fieldsOf(fit).some((field) => field.startsWith('custom.')));
  if (!isFit)
    return refused('fit-missing', `sql.fit: test the profile of the customer: ${profileFields.join(', ')} or a custom field`, {
      field: 'sql.fit',
    }).refused;
  return undefined;
};

/** All predicates of criteria, each with its path. */
export const predicatesOf = ({ mql, sql, categories }: Criteria): readonly LocatedPredicate[] =>
  [
    { path: 'mql', when: mql },
    { path: 'sql.intent', when: sql.intent },
    { path: 'sql.fit', when: sql.fit },
    ...categories.map((one, index) => ({ path: `categories[${index}].when`, when: one.when })),
  ].flatMap(({ path, when }) => (when === undefined ? [] : [{ path, when }]));

/** Refuses criteria that cannot be published, for the first fault. */
export const checkCriteria = (given: Criteria): CriteriaRefusal | undefined => {
  const { sql, categories } = given;
  const twice = categories.find((one, index) => categories.findIndex((other) => other.id === one.id) !== index);
  if (twice !== undefined)
    return refused('duplicate-category', `categories: ${twice.id} appears more than once`, { field: 'categories', value: twice.id })
      .refused;
  const wrong = predicatesOf(given).map(({ path, when }) => checkPredicate(when, leadFieldTypes, path));
  return checkSql(sql) ?? wrong.find((one) => one !== undefined);
};

export type Qualification = {
  /** the highest stage whose criteria are met now */
  readonly stage: Stage | null;
  readonly mql: Verdict;
  readonly intent: Verdict | null;
  readonly fit: Verdict | null;
  readonly category: string | null;
};

/** Applies criteria to a lead, with all reasons. A lead is sales-qualified only if intent and fit are both met. */
export const qualify = ({ mql, sql, categories }: Criteria, facts: Facts, now: Instant): Qualification => {
  const interest = judge(mql, facts, now);
  const intent = sql.intent === undefined ? null : judge(sql.intent, facts, now);
  const fit = sql.fit === undefined ? null : judge(sql.fit, facts, now);
  const isSql = intent?.answer === 'yes' && fit?.answer === 'yes';
  const category = categories.find((one) => judge(one.when, facts, now).answer === 'yes')?.id ?? null;
  return { stage: isSql ? 'sql' : interest.answer === 'yes' ? 'mql' : null, mql: interest, intent, fit, category };
};

/** When a lead first reached each stage, and by which version; a reached stage is kept. */
export type Reached = { readonly [S in Stage]?: { readonly at: Instant; readonly version: number } | undefined };

/** The stages that are new. A lead that is sales-qualified at once also counts as marketing-qualified, so that one is a share of the other. */
export const newlyReached = (before: Reached, stage: Stage | null): readonly Stage[] => {
  const meets: readonly Stage[] = stage === 'sql' ? ['mql', 'sql'] : stage === 'mql' ? ['mql'] : [];
  return meets.filter((one) => before[one] === undefined);
};
