import type { DisqualifyReason, QualificationExplanation, Stage } from '@meilenstein/contracts';
import type { Facts, Instant, Verdict } from '@meilenstein/kernel';
import type { CapturedLead } from '../../lead/domain/lead.ts';
import type { CriteriaInForce } from './criteria-versions.ts';
import { qualify, type Qualification } from './qualification.ts';
import { missingInWords, verdictInWords } from './verdict-words.ts';
import { dayInWords } from '../../lead/domain/time-in-words.ts';

/** The result of the criteria for a lead, in words. */
export const qualificationNow = ({ stage, category, mql, intent, fit }: Qualification, zone: string): QualificationExplanation['now'] => ({
  stage,
  category,
  mql: verdictInWords(mql, zone),
  intent: intent === null ? null : verdictInWords(intent, zone),
  fit: fit === null ? null : verdictInWords(fit, zone),
});

type ReachedStage = CapturedLead['reached']['mql'];

const stages = { mql: 'marketing (MQL)', sql: 'sales (SQL)' } as const;

const reasons: Readonly<Record<DisqualifyReason, string>> = {
  'no-fit': 'it does not fit',
  'no-need': 'there is no need',
  'no-budget': 'there is no budget',
  'no-authority': 'the person does not decide',
  'bad-timing': 'it is the wrong time',
  'price-problem': 'the price is a problem',
  'chose-competitor': 'a competitor was chosen',
  'not-reachable': 'nobody could be reached',
  'not-a-lead': 'it was no lead',
};

const lacks = (where: string, verdict: Verdict | null, zone: string): readonly string[] =>
  verdict === null || verdict.answer === 'yes' ? [] : [`Still missing${where}: ${missingInWords(verdict, zone)}`];

/** For a lead that is closed, what is missing no longer matters. */
const never = ({ status }: CapturedLead, by: string): string | undefined => {
  if (status === 'converted') return `Became an opportunity without being qualified by ${by}`;
  return status === 'disqualified' || status === 'merged' ? `Was not qualified by ${by}` : undefined;
};

/** Criteria that are met now but were not at the last assessment, such as those about time, count with the next thing that happens. */
const stageSentence = (lead: CapturedLead, stage: Stage, missing: readonly string[], zone: string): string => {
  const [reached, by] = [lead.reached[stage], stages[stage]];
  if (reached !== undefined)
    return `Qualified by ${by} since ${dayInWords(reached.at, zone)}, by version ${reached.version} of the criteria`;
  const ended = never(lead, by);
  if (ended !== undefined) return ended;
  const why = missing.length === 0 ? ['The criteria are met, and this counts with the next thing that happens'] : missing;
  return `Not yet qualified by ${by}. ${why.join('. ')}`;
};

const reachedView = (reached: ReachedStage): QualificationExplanation['mql'] =>
  reached === undefined ? null : { at: reached.at, criteriaVersion: reached.version };

/** Why a lead is, or is not, qualified; null while there are no criteria. */
export const explainQualification = (
  lead: CapturedLead,
  { version, criteria }: CriteriaInForce,
  { facts, now, zone }: { readonly facts: Facts; readonly now: Instant; readonly zone: string },
): QualificationExplanation | null => {
  if (criteria === null) return null;
  const result = qualify(criteria, facts, now);
  const given = lead.disqualified;
  return {
    summary: [
      ...(given === null ? [] : [`Given up on ${dayInWords(given.at, zone)}: ${reasons[given.reason]}`]),
      stageSentence(lead, 'mql', lacks('', result.mql, zone), zone),
      stageSentence(lead, 'sql', [...lacks(' for intent', result.intent, zone), ...lacks(' for the profile', result.fit, zone)], zone),
    ],
    criteriaVersion: version,
    mql: reachedView(lead.reached.mql),
    sql: reachedView(lead.reached.sql),
    now: qualificationNow(result, zone),
  };
};
