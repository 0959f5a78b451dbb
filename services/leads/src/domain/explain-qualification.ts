import type { QualificationExplanation } from '@meilenstein/contracts';
import type { Facts, Instant, Verdict } from '@meilenstein/kernel';
import type { CapturedLead } from './lead.ts';
import type { CriteriaInForce } from './scoring/criteria-versions.ts';
import { qualify, type Qualification } from './scoring/qualification.ts';
import { missingInWords, verdictInWords } from './scoring/verdict-words.ts';

/** What criteria say of a lead, for people. */
export const qualificationNow = ({ stage, category, mql, intent, fit }: Qualification): QualificationExplanation['now'] => ({
  stage,
  category,
  mql: verdictInWords(mql),
  intent: intent === null ? null : verdictInWords(intent),
  fit: fit === null ? null : verdictInWords(fit),
});

type ReachedStage = CapturedLead['reached']['mql'];

const sinceOf = (name: string, reached: NonNullable<ReachedStage>): string =>
  `${name} since ${reached.at.slice(0, 10)}, by version ${reached.version} of the criteria`;

const lacks = (name: string, verdict: Verdict | null): readonly string[] =>
  verdict === null || verdict.answer === 'yes' ? [] : [`${name}: ${missingInWords(verdict)}`];

/** Criteria that are met now but were not met when they were asked last, such as those about time. */
const notYet = (name: string): string => `Not ${name} yet: the criteria are met and count with the next thing that happens`;

const mqlSentence = ({ reached }: CapturedLead, { mql }: Qualification): string => {
  if (reached.mql !== undefined) return sinceOf('MQL', reached.mql);
  return mql.answer === 'yes' ? notYet('MQL') : `Not MQL: ${missingInWords(mql)}`;
};

const sqlSentence = ({ reached }: CapturedLead, { intent, fit }: Qualification): string => {
  if (reached.sql !== undefined) return sinceOf('SQL', reached.sql);
  const missing = [...lacks('intent', intent), ...lacks('profile', fit)];
  return missing.length === 0 ? notYet('SQL') : `Not SQL: ${missing.join('. ')}`;
};

const reachedView = (reached: ReachedStage): QualificationExplanation['mql'] =>
  reached === undefined ? null : { at: reached.at, criteriaVersion: reached.version };

/** Why a lead is, or is not, qualified; null while there are no criteria. */
export const explainQualification = (
  lead: CapturedLead,
  { version, criteria }: CriteriaInForce,
  { facts, now }: { readonly facts: Facts; readonly now: Instant },
): QualificationExplanation | null => {
  if (criteria === null) return null;
  const said = qualify(criteria, facts, now);
  const given = lead.disqualified;
  return {
    summary: [
      ...(given === null ? [] : [`Given up on ${given.at.slice(0, 10)}: ${given.reason}`]),
      mqlSentence(lead, said),
      sqlSentence(lead, said),
    ],
    criteriaVersion: version,
    mql: reachedView(lead.reached.mql),
    sql: reachedView(lead.reached.sql),
    now: qualificationNow(said),
  };
};
